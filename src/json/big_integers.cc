#include "json/big_integers.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace dss::json {
namespace {

constexpr std::size_t kLongestNarrow = 18;  // digits that any 64-bit integer has room for

bool is_number_part(char c) {
  return (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.' || c == 'e' || c == 'E';
}

bool is_big_integer(std::string_view token) {
  if (token.size() <= kLongestNarrow) return false;
  const std::string_view digits = token.substr(token.starts_with('-') ? 1 : 0);
  if (digits.find_first_not_of("0123456789") != digits.npos) return false;
  const char* end = token.data() + token.size();
  std::int64_t narrow = 0;
  std::uint64_t wide = 0;
  return std::from_chars(token.data(), end, narrow).ec == std::errc::result_out_of_range &&
         std::from_chars(token.data(), end, wide).ec != std::errc();
}

// Where the string that begins at `at` ends: behind its closing quote.
std::size_t behind_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] == '\\') ++at;
  }
  return std::min(at + 1, text.size());
}

}  // namespace

std::string widen_big_integers(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 16);
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_number_part(text[end])) ++end;
    const std::string_view token = text.substr(at, end - at);
    if (token.empty()) end = text[at] == '"' ? behind_string(text, at) : at + 1;
    out.append(text.substr(at, end - at));
    if (is_big_integer(token)) out.append("e0");
    at = end;
  }
  return out;
}

}  // namespace dss::json
