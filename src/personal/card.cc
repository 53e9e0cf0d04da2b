#include <array>

#include "personal/characters.h"
#include "personal/finders.h"

namespace dss::personal {
namespace {

constexpr std::size_t kLeast = 13;
constexpr std::size_t kMost = 19;

// Visa, Mastercard, American Express, Diners, JCB, Discover, Maestro, UnionPay, Mir.
bool is_known_issuer(std::string_view digits) {
  const unsigned two = value_of(digits[0]) * 10 + value_of(digits[1]);
  if (digits[0] == '4' || digits[0] == '6') return true;
  return (two >= 50 && two <= 58) || (two >= 22 && two <= 27) || two == 30 || two == 34 ||
         two == 35 || two == 36 || two == 37 || two == 38 || two == 39;
}

bool luhn_fits(std::string_view digits) {
  unsigned sum = 0;
  bool twice = false;
  for (std::size_t i = digits.size(); i-- > 0; twice = !twice) {
    const unsigned value = value_of(digits[i]) * (twice ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 == 0;
}

// One character from 13 to 19 times is a test pattern or a ruler, though Luhn may like it.
bool is_card(std::string_view digits) {
  return digits.size() >= kLeast && is_known_issuer(digits) &&
         digits.find_first_not_of(digits[0]) != std::string_view::npos && luhn_fits(digits);
}

// The end of the card number at `begin`: digits alone, or groups of three to six behind one of four
// with one kind of separator; 0: there is none.
std::size_t card_end(std::string_view text, std::size_t begin) {
  std::array<char, kMost> digits{};
  std::size_t size = 0;
  std::size_t end = 0;
  std::size_t at = begin;
  while (true) {
    const std::size_t group = at;
    while (is_digit(byte_at(text, at)) && size < kMost) digits[size++] = text[at++];
    if (is_digit(byte_at(text, at))) return end;
    const std::size_t width = at - group;
    const bool bare = group == begin;
    if (!bare && (width < 3 || width > 6)) return end;
    if (!word_at(text, at) && is_card({digits.data(), size})) end = at;
    const std::size_t gap = byte_at(text, at) == '-' ? 1 : space_at(text, at);
    if ((bare && width != 4) || gap == 0 || !is_digit(byte_at(text, at + gap))) return end;
    at += gap;
  }
}

}  // namespace

void find_cards(std::string_view text, Entities* found) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_digit(text[at]) || word_before(text, at)) continue;
    const std::size_t end = card_end(text, at);
    if (end == 0) continue;
    found->push_back({Kind::kCard, at, end});
    at = end - 1;
  }
}

}  // namespace dss::personal
