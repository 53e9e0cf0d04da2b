// What kind of character a code point is, as far as words are concerned.
#pragma once

#include <cstdint>

namespace dss::text {

enum class CharKind : std::uint8_t { kSpace, kLetter, kDigit, kEmoji, kPunctuation };

/// REQUIRES: a folded code point (see fold.h): of ASCII only small letters count as letters.
/// Marks and digits of other scripts count as letters, so that their words stay whole.
[[nodiscard]] CharKind kind_of(char32_t code_point);

[[nodiscard]] inline bool is_ascii_letter(char32_t c) { return c >= U'a' && c <= U'z'; }
[[nodiscard]] inline bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
[[nodiscard]] inline bool is_letter(char32_t c) {
  return is_ascii_letter(c) || (c >= 0x80 && kind_of(c) == CharKind::kLetter);
}
[[nodiscard]] inline bool is_vowel(char32_t c) {
  return c == U'a' || c == U'e' || c == U'i' || c == U'o' || c == U'u' || c == U'y';
}

}  // namespace dss::text
