#include <algorithm>
#include <array>

#include "personal/characters.h"
#include "personal/finders.h"
#include "personal/neighbours.h"
#include "personal/number_groups.h"
#include "personal/phone_shape.h"

namespace dss::personal {
namespace {

constexpr std::array kWords = std::to_array<std::string_view>(
    {"anrufen", "answering",   "appel",         "appeler",   "appelez",    "call",         "called",
     "calling", "calls",       "cell",          "cellphone", "contact",    "dial",         "fax",
     "handy",   "handynummer", "hotline",       "joignable", "joindre",    "landline",     "mobil",
     "mobile",  "numero",      "nummer",        "office",    "pager",      "phone",        "phoned",
     "phones",  "portable",    "reach",         "ring",      "rufen",      "rufnummer",    "sms",
     "tel",     "telefon",     "telefonnummer", "telephone", "telephoner", "telephonique", "text",
     "texted",  "texting",     "voicemail",     "whatsapp"});
static_assert(std::is_sorted(kWords.begin(), kWords.end()));

// The end of `x123` or `ext. 123` at `at`; `at` if there is none.
std::size_t extension_end(std::string_view text, std::size_t at) {
  std::size_t i = at + space_at(text, at);
  if (lower(byte_at(text, i)) == 'e') {
    if (lower(byte_at(text, i + 1)) != 'x' || lower(byte_at(text, i + 2)) != 't') return at;
    i += 3;
    if (byte_at(text, i) == '.') ++i;
    i += space_at(text, i);
  } else if (lower(byte_at(text, i)) == 'x') {
    ++i;
  } else {
    return at;
  }
  std::size_t digits = 0;
  for (; is_digit(byte_at(text, i)) && digits < 6; ++i) ++digits;
  return digits > 0 && !word_at(text, i) ? i : at;
}

// What stands before a number of another kind: 1.234, 3-4, €20.
bool is_inside_other(std::string_view text, std::size_t begin) {
  if (begin == 0) return false;
  const char c = text[begin - 1];
  if (c == '$' || c == '#' || c == '=' || c == '+') return true;
  if (begin >= 2 && text.substr(begin - 2, 2) == "\xC2\xA3") return true;
  if (begin >= 3 && text.substr(begin - 3, 3) == "\xE2\x82\xAC") return true;
  constexpr std::string_view kJoints = ".,-/:";
  return kJoints.find(c) != std::string_view::npos && begin >= 2 && is_digit(text[begin - 2]);
}

// Whether other groups of digits stand before it, a space between.
bool follows_number(std::string_view text, std::size_t begin) {
  std::size_t at = begin;
  if (at > 0 && text[at - 1] == ' ') --at;
  if (at >= 2 && text.substr(at - 2, 2) == "\xC2\xA0") at -= 2;
  if (at >= 3 && text.substr(at - 3, 3) == "\xE2\x80\xAF") at -= 3;
  return at > 0 && (is_digit(text[at - 1]) || text[at - 1] == ')');
}

// Whether the number goes on behind its last group: 12,50 or 7:30 or 5 %.
bool goes_on(std::string_view text, std::size_t end) {
  const char c = byte_at(text, end);
  if (c == '%') return true;
  return (c == ',' || c == ':') && is_digit(byte_at(text, end + 1));
}

// The end of the telephone number at `begin`; 0: there is none. Longer readings come first.
std::size_t phone_end(std::string_view text, std::size_t begin) {
  const NumberGroups numbers = read_number_groups(text, begin);
  const bool first = !follows_number(text, begin);
  for (std::size_t count = numbers.count; count > 0; --count) {
    const bool whole = first && count == numbers.count && !numbers.cut;
    const std::size_t end = numbers.groups[count - 1].end;
    const bool joined = count < numbers.count && numbers.groups[count].separator != ' ';
    const std::size_t behind = extension_end(text, end);
    if (joined || (behind == end && (word_at(text, end) || goes_on(text, end)))) continue;
    const PhoneShape shape = phone_shape(numbers, count);
    if (shape == PhoneShape::kCertain) return behind;
    if (shape == PhoneShape::kPossible && whole && has_neighbour(text, begin, end, kWords)) {
      return behind;
    }
  }
  return 0;
}

bool may_begin(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c == '+' || c == '(') return is_digit(byte_at(text, at + 1)) && !word_before(text, at);
  return is_digit(c) && !word_before(text, at);
}

}  // namespace

void find_phones(std::string_view text, Entities* found) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!may_begin(text, at) || is_inside_other(text, at)) continue;
    const std::size_t end = phone_end(text, at);
    if (end == 0) continue;
    found->push_back({Kind::kPhone, at, end});
    at = end - 1;
  }
}

}  // namespace dss::personal
