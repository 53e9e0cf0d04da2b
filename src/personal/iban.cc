#include <algorithm>
#include <array>
#include <cstdint>

#include "personal/characters.h"
#include "personal/finders.h"

namespace dss::personal {
namespace {

struct Country {
  char code[3];
  std::uint8_t length;
};

// Of the SWIFT IBAN registry, in the order of the codes.
constexpr std::array kCountries = std::to_array<Country>(
    {{"AD", 24}, {"AE", 23}, {"AL", 28}, {"AT", 20}, {"AZ", 28}, {"BA", 20}, {"BE", 16}, {"BG", 22},
     {"BH", 22}, {"BI", 27}, {"BR", 29}, {"BY", 28}, {"CH", 21}, {"CR", 22}, {"CY", 28}, {"CZ", 24},
     {"DE", 22}, {"DJ", 27}, {"DK", 18}, {"DO", 28}, {"EE", 20}, {"EG", 29}, {"ES", 24}, {"FI", 18},
     {"FK", 18}, {"FO", 18}, {"FR", 27}, {"GB", 22}, {"GE", 22}, {"GI", 23}, {"GL", 18}, {"GR", 27},
     {"GT", 28}, {"HR", 21}, {"HU", 28}, {"IE", 22}, {"IL", 23}, {"IQ", 23}, {"IS", 26}, {"IT", 27},
     {"JO", 30}, {"KW", 30}, {"KZ", 20}, {"LB", 28}, {"LC", 32}, {"LI", 21}, {"LT", 20}, {"LU", 20},
     {"LV", 21}, {"LY", 25}, {"MC", 27}, {"MD", 24}, {"ME", 22}, {"MK", 19}, {"MN", 20}, {"MR", 27},
     {"MT", 31}, {"MU", 30}, {"NI", 28}, {"NL", 18}, {"NO", 15}, {"OM", 23}, {"PK", 24}, {"PL", 28},
     {"PS", 29}, {"PT", 25}, {"QA", 29}, {"RO", 24}, {"RS", 22}, {"RU", 33}, {"SA", 24}, {"SC", 31},
     {"SD", 18}, {"SE", 24}, {"SI", 19}, {"SK", 24}, {"SM", 27}, {"SO", 23}, {"ST", 25}, {"SV", 28},
     {"TL", 23}, {"TN", 24}, {"TR", 26}, {"UA", 29}, {"VA", 22}, {"VG", 24}, {"XK", 20}});

std::size_t length_of(char first, char second) {
  const std::array<char, 2> code = {upper(first), upper(second)};
  const auto* const end = kCountries.data() + kCountries.size();
  const auto* const found =
      std::lower_bound(kCountries.data(), end, code, [](const Country& country, const auto& key) {
        return std::string_view(country.code, 2) < std::string_view(key.data(), 2);
      });
  if (found == end || found->code[0] != code[0] || found->code[1] != code[1]) return 0;
  return found->length;
}

// Country and check digits count behind the rest; letters count as 10 to 35.
bool check_digits_fit(std::string_view iban) {
  unsigned rest = 0;
  for (std::size_t i = 0; i < iban.size(); ++i) {
    const char c = iban[(i + 4) % iban.size()];
    rest = is_digit(c) ? (rest * 10 + value_of(c)) % 97
                       : (rest * 100 + static_cast<unsigned>(c - 'A') + 10) % 97;
  }
  return rest == 1;
}

// The end of the IBAN that begins at `begin`, single spaces or dashes in it passed over; 0: there
// is none.
std::size_t iban_end(std::string_view text, std::size_t begin) {
  const std::size_t length = length_of(text[begin], text[begin + 1]);
  std::array<char, 34> compact{};
  std::size_t size = 0;
  std::size_t at = begin;
  while (size < length) {
    const std::size_t gap = size == 0 ? 0 : (byte_at(text, at) == '-' ? 1 : space_at(text, at));
    const char c = byte_at(text, at + gap);
    if (!is_ascii_alnum(c)) return 0;
    compact[size++] = upper(c);
    at += gap + 1;
  }
  const bool whole = length > 0 && !word_at(text, at);
  return whole && check_digits_fit({compact.data(), size}) ? at : 0;
}

}  // namespace

void find_ibans(std::string_view text, Entities* found) {
  for (std::size_t at = 2; at + 1 < text.size(); ++at) {
    const bool start = is_digit(text[at]) && is_digit(text[at + 1]) &&
                       is_ascii_letter(text[at - 1]) && is_ascii_letter(text[at - 2]);
    if (!start || word_before(text, at - 2)) continue;
    const std::size_t end = iban_end(text, at - 2);
    if (end == 0) continue;
    found->push_back({Kind::kIban, at - 2, end});
    at = end;
  }
}

}  // namespace dss::personal
