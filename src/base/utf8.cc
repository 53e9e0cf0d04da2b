#include "base/utf8.h"

#include <cstring>

namespace dss::base {
namespace {

bool continuation(unsigned char byte) { return (byte & 0xC0) == 0x80; }

// Length of the well-formed sequence at `p`, or 0 with `*bad` = length of the maximal ill-formed
// subpart.
std::size_t sequence_length(const unsigned char* p, std::size_t left, std::size_t* bad) {
  const unsigned char lead = p[0];
  *bad = 1;
  if (lead < 0x80) return 1;
  std::size_t length = 0;
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
  if (lead >= 0xC2 && lead <= 0xDF) {
    length = 2;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    length = 3;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    length = 4;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
  } else {
    return 0;
  }
  if (left < 2 || p[1] < low || p[1] > high) return 0;
  for (std::size_t i = 2; i < length; ++i) {
    *bad = i;
    if (i >= left || !continuation(p[i])) return 0;
  }
  return length;
}

// Number of leading ASCII bytes, eight at a time.
std::size_t ascii_prefix(const unsigned char* p, std::size_t left) {
  std::size_t i = 0;
  for (; i + 8 <= left; i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, p + i, 8);
    if ((word & 0x8080808080808080ULL) != 0) break;
  }
  while (i < left && p[i] < 0x80) ++i;
  return i;
}

bool is_space(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x20) || c == 0x85 || c == 0xA0 ||
         c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
         c == 0x205F || c == 0x3000;
}

}  // namespace

bool is_valid_utf8(std::string_view bytes) {
  const auto* p = reinterpret_cast<const unsigned char*>(bytes.data());
  std::size_t bad = 0;
  for (std::size_t i = 0; i < bytes.size();) {
    i += ascii_prefix(p + i, bytes.size() - i);
    if (i == bytes.size()) break;
    const std::size_t length = sequence_length(p + i, bytes.size() - i, &bad);
    if (length == 0) return false;
    i += length;
  }
  return true;
}

std::string replace_invalid_utf8(std::string_view bytes) {
  const auto* p = reinterpret_cast<const unsigned char*>(bytes.data());
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size();) {
    std::size_t bad = 0;
    const std::size_t length = sequence_length(p + i, bytes.size() - i, &bad);
    if (length == 0) {
      out += "\xEF\xBF\xBD";
      i += bad;
    } else {
      out.append(bytes.substr(i, length));
      i += length;
    }
  }
  return out;
}

std::size_t count_code_points(std::string_view text) {
  const auto* p = reinterpret_cast<const unsigned char*>(text.data());
  std::size_t continuations = 0;
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {  // a byte is one if its bits 7 and 6 are 1 and 0
    std::uint64_t word = 0;
    std::memcpy(&word, p + i, 8);
    const std::uint64_t ones = (word >> 7) & ~(word >> 6) & 0x0101010101010101ULL;
    continuations += (ones * 0x0101010101010101ULL) >> 56;
  }
  for (; i < text.size(); ++i) continuations += continuation(p[i]) ? 1 : 0;
  return text.size() - continuations;
}

void append_utf8(char32_t code_point, std::string* out) {
  const auto put = [out](char32_t byte) { out->push_back(static_cast<char>(byte)); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0 | (code_point >> 6));
    put(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    put(0xE0 | (code_point >> 12));
    put(0x80 | ((code_point >> 6) & 0x3F));
    put(0x80 | (code_point & 0x3F));
  } else {
    put(0xF0 | (code_point >> 18));
    put(0x80 | ((code_point >> 12) & 0x3F));
    put(0x80 | ((code_point >> 6) & 0x3F));
    put(0x80 | (code_point & 0x3F));
  }
}

std::size_t CodePointCounter::at(std::size_t offset) {
  code_points_ += count_code_points(text_.substr(byte_, offset - byte_));
  byte_ = offset;
  return code_points_;
}

std::string_view trim(std::string_view text) {
  std::size_t begin = 0;
  while (begin < text.size()) {
    std::size_t next = begin;
    if (!is_space(next_code_point(text, &next))) break;
    begin = next;
  }
  std::size_t end = text.size();
  while (end > begin) {
    std::size_t start = end - 1;
    while (continuation(static_cast<unsigned char>(text[start]))) --start;
    std::size_t next = start;
    if (!is_space(next_code_point(text, &next))) break;
    end = start;
  }
  return text.substr(begin, end - begin);
}

}  // namespace dss::base
