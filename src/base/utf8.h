// UTF-8: strict validation, code points, and offsets between bytes and code points.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dss::base {

/// Whether `bytes` is well-formed UTF-8 (Unicode 15, table 3-7): no overlong forms, no surrogates,
/// nothing above U+10FFFF.
[[nodiscard]] bool is_valid_utf8(std::string_view bytes);

/// Copy with every ill-formed sequence replaced by U+FFFD, one per maximal subpart (Unicode
/// 15, 3.9).
[[nodiscard]] std::string replace_invalid_utf8(std::string_view bytes);

/// Number of code points. REQUIRES: valid UTF-8.
[[nodiscard]] std::size_t count_code_points(std::string_view text);

/// The code point that starts at byte `*at`, which is moved behind it. REQUIRES: valid UTF-8, `*at`
/// on a boundary.
[[nodiscard]] inline char32_t next_code_point(std::string_view text, std::size_t* at) {
  const auto byte = [&](std::size_t i) {
    return static_cast<char32_t>(static_cast<unsigned char>(text[i]));
  };
  const std::size_t i = *at;
  const char32_t lead = byte(i);
  if (lead < 0x80) return *at = i + 1, lead;
  if (lead < 0xE0) return *at = i + 2, ((lead & 0x1F) << 6) | (byte(i + 1) & 0x3F);
  if (lead < 0xF0) {
    *at = i + 3;
    return ((lead & 0x0F) << 12) | ((byte(i + 1) & 0x3F) << 6) | (byte(i + 2) & 0x3F);
  }
  *at = i + 4;
  return ((lead & 0x07) << 18) | ((byte(i + 1) & 0x3F) << 12) | ((byte(i + 2) & 0x3F) << 6) |
         (byte(i + 3) & 0x3F);
}

/// Appends one code point as UTF-8. REQUIRES: a scalar value (no surrogate, at most U+10FFFF).
void append_utf8(char32_t code_point, std::string* out);

/// Turns increasing byte offsets into code point offsets in one walk over the text.
class CodePointCounter {
 public:
  /// REQUIRES: valid UTF-8 that outlives this object.
  explicit CodePointCounter(std::string_view text) : text_(text) {}
  /// Code points before byte `offset`. REQUIRES: offsets never decrease; each lies on a boundary,
  /// at most size().
  [[nodiscard]] std::size_t at(std::size_t offset);

 private:
  std::string_view text_;
  std::size_t byte_ = 0;
  std::size_t code_points_ = 0;
};

/// Without leading and trailing white space as Python's `str.strip()` sees it (Unicode White_Space
/// and U+001C-001F). REQUIRES: valid UTF-8.
[[nodiscard]] std::string_view trim(std::string_view text);

}  // namespace dss::base
