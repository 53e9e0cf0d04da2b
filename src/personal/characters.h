// What the bytes of a text are to the finders.
#pragma once

#include <cstddef>
#include <string_view>

namespace dss::personal {

[[nodiscard]] constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
[[nodiscard]] constexpr bool is_ascii_letter(char c) {
  return is_upper(c) || (c >= 'a' && c <= 'z');
}
[[nodiscard]] constexpr bool is_ascii_alnum(char c) { return is_digit(c) || is_ascii_letter(c); }
[[nodiscard]] constexpr char lower(char c) {
  return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}
[[nodiscard]] constexpr char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}
[[nodiscard]] constexpr bool is_hex(char c) {
  return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'f');
}
[[nodiscard]] constexpr unsigned value_of(char digit) { return static_cast<unsigned>(digit - '0'); }

/// Lead byte of a two-byte character from U+00C0 to U+07FF: letters of European scripts, and hardly
/// anything else.
[[nodiscard]] constexpr bool is_letter_lead(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0xC3 && byte <= 0xDF;
}

/// Whether a letter, digit or underscore stands before byte `at`.
[[nodiscard]] constexpr bool word_before(std::string_view text, std::size_t at) {
  if (at == 0) return false;
  const char c = text[at - 1];
  if (is_ascii_alnum(c) || c == '_') return true;
  return at >= 2 && is_letter_lead(text[at - 2]);
}

/// Whether one stands at byte `at`.
[[nodiscard]] constexpr bool word_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return false;
  return is_ascii_alnum(text[at]) || text[at] == '_' || is_letter_lead(text[at]);
}

/// The byte at `at`; 0 behind the end.
[[nodiscard]] constexpr char byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? text[at] : '\0';
}

/// Bytes of a space that stands within numbers at `at` (U+0020, U+00A0, U+202F); 0: none does.
[[nodiscard]] constexpr std::size_t space_at(std::string_view text, std::size_t at) {
  if (byte_at(text, at) == ' ') return 1;
  if (text.substr(at < text.size() ? at : text.size(), 2) == "\xC2\xA0") return 2;
  return text.substr(at < text.size() ? at : text.size(), 3) == "\xE2\x80\xAF" ? 3 : 0;
}

}  // namespace dss::personal
