#include "base/utf16.h"

namespace dss::base {

// Each lead byte begins a code point; one of 0xF0 or more begins a pair.
std::size_t count_utf16(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    units += (byte & 0xC0) != 0x80 ? 1 : 0;
    units += byte >= 0xF0 ? 1 : 0;
  }
  return units;
}

std::size_t Utf16Counter::at(std::size_t offset) {
  units_ += count_utf16(text_.substr(byte_, offset - byte_));
  byte_ = offset;
  return units_;
}

}  // namespace dss::base
