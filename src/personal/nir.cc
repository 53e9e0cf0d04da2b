#include <array>
#include <cstdint>

#include "personal/characters.h"
#include "personal/finders.h"

namespace dss::personal {
namespace {

constexpr std::size_t kLength = 15;

std::uint64_t number_of(std::string_view digits) {
  std::uint64_t number = 0;
  for (const char c : digits) number = number * 10 + value_of(c);
  return number;
}

// Months from 20 stand for an unknown or foreign one.
bool is_month(std::uint64_t month) {
  return (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50;
}

// `number`: sex, year, month, department, commune, order, key. Corsica's 2A counts as 19, 2B as 18.
bool is_nir(std::array<char, kLength> number) {
  const std::string_view all(number.data(), number.size());
  if (!is_month(number_of(all.substr(3, 2)))) return false;
  if (!is_digit(number[6])) {
    const char department = upper(number[6]);
    if (number[5] != '2' || (department != 'A' && department != 'B')) return false;
    number[5] = '1';
    number[6] = department == 'A' ? '9' : '8';
  }
  return number_of(all.substr(13, 2)) == 97 - number_of(all.substr(0, 13)) % 97;
}

// The end of the number at `begin`, single separators in it passed over; 0: there is none.
std::size_t nir_end(std::string_view text, std::size_t begin) {
  std::array<char, kLength> number{};
  std::size_t at = begin;
  for (std::size_t size = 0; size < kLength; ++size) {
    const char next = byte_at(text, at);
    if (size > 0) at += next == '-' || next == '.' ? 1 : space_at(text, at);
    const char c = byte_at(text, at++);
    const bool fits = is_digit(c) || (size == 6 && is_ascii_letter(c));
    if (!fits) return 0;
    number[size] = c;
  }
  return !word_at(text, at) && is_nir(number) ? at : 0;
}

bool is_sex(char c) { return c == '1' || c == '2' || c == '3' || c == '4' || c == '7' || c == '8'; }

}  // namespace

void find_nirs(std::string_view text, Entities* found) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_sex(text[at]) || word_before(text, at)) continue;
    const std::size_t end = nir_end(text, at);
    if (end == 0) continue;
    found->push_back({Kind::kNir, at, end});
    at = end - 1;
  }
}

}  // namespace dss::personal
