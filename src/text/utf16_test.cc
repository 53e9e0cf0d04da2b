// UTF-16 offsets against ICU, on any Unicode text.
#include "base/utf16.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unicode/unistr.h>

#include "base/utf8.h"

namespace dss::base {
namespace {

rc::Gen<char32_t> any_scalar_value() {
  const auto from = [](char32_t low, char32_t high) {
    return rc::gen::inRange<char32_t>(low, high);
  };
  return rc::gen::oneOf(from(0x01, 0x80), from(0x80, 0x800), from(0x800, 0xD800),
                        from(0xE000, 0x10000), from(0x10000, 0x110000));
}

RC_GTEST_PROP(Utf16, AgreesWithIcu, ()) {
  std::string text;
  std::vector<std::size_t> ends;
  for (const char32_t c : *rc::gen::container<std::vector<char32_t>>(any_scalar_value())) {
    append_utf8(c, &text);
    ends.push_back(text.size());
  }
  Utf16Counter counter(text);
  for (const std::size_t end : ends) {
    const auto units = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(end)});
    RC_ASSERT(counter.at(end) == static_cast<std::size_t>(units.length()));
  }
  RC_ASSERT(count_utf16(text) == counter.at(text.size()));
}

}  // namespace
}  // namespace dss::base
