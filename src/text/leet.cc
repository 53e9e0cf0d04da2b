#include "text/leet.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace dss::text {
namespace {

// One stretch of letters, digits and signs; decoding replaces characters one for one.
using Word = std::u32string;
using View = std::u32string_view;

constexpr std::size_t kMostDigitsInRow = 2;
constexpr std::size_t kLongestMixture = 24;
constexpr View kSigns = U"@$!|+";

// What follows a number without a space in ordinary writing; short ones must be the whole rest.
constexpr std::array<View, 56> kAfterNumber = {
    U"st",   U"nd",   U"rd",    U"th",     U"am",   U"pm",   U"mm",   U"cm",   U"km",   U"kg",
    U"mg",   U"ml",   U"kb",    U"mb",     U"gb",   U"tb",   U"hz",   U"khz",  U"mhz",  U"ghz",
    U"px",   U"pt",   U"pc",    U"ft",     U"in",   U"oz",   U"lb",   U"yr",   U"hr",   U"bn",
    U"mn",   U"mph",  U"fps",   U"day",    U"min",  U"way",  U"hour", U"year", U"sec",  U"bit",
    U"time", U"week", U"month", U"mile",   U"inch", U"foot", U"feet", U"met",  U"gram", U"star",
    U"door", U"page", U"point", U"people", U"men",  U"kid"};

// Short words that stand beside a sign used as punctuation ("no!please").
constexpr std::array<View, 45> kShortWords = {
    U"a",  U"i",  U"u",  U"o",  U"r",  U"am", U"an", U"as", U"at", U"be", U"by", U"do",
    U"go", U"ha", U"he", U"hi", U"if", U"im", U"in", U"is", U"it", U"la", U"le", U"me",
    U"my", U"no", U"of", U"oh", U"ok", U"on", U"or", U"so", U"to", U"tu", U"un", U"up",
    U"ur", U"us", U"uh", U"um", U"we", U"ya", U"ye", U"yo", U"je"};

bool contains(View set, char32_t c) { return set.find(c) != View::npos; }
constexpr auto kIsSign = [] {
  std::array<bool, 128> table{};
  for (const char32_t c : kSigns) table[c] = true;
  return table;
}();
bool is_sign(char32_t c) { return c < kIsSign.size() && kIsSign[c]; }
bool belongs_to_word(char32_t c) { return is_letter(c) || is_digit(c) || is_sign(c); }
bool is_consonant(char32_t c) { return is_ascii_letter(c) && !is_vowel(c); }

// The letter that a digit stands for, "1" aside; 0 if none. "2" and "8" have other uses ("gr8",
// "talk2me").
char32_t letter_of_digit(char32_t digit) {
  constexpr std::array<char32_t, 10> kLetters = {U'o', 0, 0, U'e', U'a', U's', U'g', U't', 0, U'g'};
  return is_digit(digit) ? kLetters[digit - U'0'] : 0;
}

bool sounds_as_vowel(char32_t c) {
  return is_vowel(c) || is_vowel(letter_of_digit(c)) || c == U'@';
}

// "1" and "|" are drawn like i and like l: which one fits between its neighbours.
char32_t stroke_letter(const Word& word, std::size_t at) {
  const char32_t before = at > 0 ? word[at - 1] : 0;
  const char32_t after = at + 1 < word.size() ? word[at + 1] : 0;
  if (before == word[at] || after == word[at] || after == 0) return U'l';
  if (before == 0) return sounds_as_vowel(after) ? U'l' : U'i';
  const bool onset = at == 1 && contains(U"bcfgkps", before);
  if (sounds_as_vowel(after)) return sounds_as_vowel(before) || onset ? U'l' : U'i';
  return contains(U"iou0", before) ? U'l' : U'i';
}

char32_t decoded(const Word& word, std::size_t at) {
  switch (word[at]) {
    case U'1':
    case U'|':
      return stroke_letter(word, at);
    case U'@':
      return U'a';
    case U'$':
      return U's';
    case U'!':
      return U'i';
    case U'+':
      return U't';
    default:
      return letter_of_digit(word[at]);
  }
}

struct Counts {
  std::size_t letters = 0;
  std::size_t digits = 0;
  std::size_t signs = 0;  // "@" and "$"
};

Counts count(View word) {
  Counts counts;
  for (const char32_t c : word) {
    counts.letters += is_letter(c) ? 1 : 0;
    counts.digits += is_digit(c) ? 1 : 0;
    counts.signs += c == U'@' || c == U'$' ? 1 : 0;
  }
  return counts;
}

View letters_before(View word, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && is_letter(word[begin - 1])) --begin;
  return word.substr(begin, at - begin);
}

View letters_after(View word, std::size_t at) {
  std::size_t end = at + 1;
  while (end < word.size() && is_letter(word[end])) ++end;
  return word.substr(at + 1, end - at - 1);
}

bool may_stand_alone(View part) {
  if (part.size() <= 2) {
    return std::find(kShortWords.begin(), kShortWords.end(), part) != kShortWords.end();
  }
  return std::any_of(part.begin(), part.end(),
                     [](char32_t c) { return is_vowel(c) || !is_ascii_letter(c); });
}

// "!", "|", "+": punctuation unless one side is no word without it.
bool mark_is_letter(View word, std::size_t at) {
  const View before = letters_before(word, at);
  const View after = letters_after(word, at);
  return !before.empty() && !after.empty() && before.size() + after.size() >= 3 &&
         (!may_stand_alone(before) || !may_stand_alone(after));
}

bool dollar_is_letter(View word, std::size_t at, const Counts& counts) {
  if ((at > 0 && is_digit(word[at - 1])) || (at + 1 < word.size() && is_digit(word[at + 1]))) {
    return false;
  }
  const bool several = counts.signs >= 2 && word.find_first_not_of(U'$') != View::npos;
  return several || (counts.letters >= 2 && word != U"us$");
}

bool at_is_letter(View word, std::size_t at, const Counts& counts) {
  if (at > 0) return counts.letters >= (at + 1 < word.size() ? 2 : 3);
  if (word.size() < 3) return false;
  const bool other_sign = word[1] == U'$' || (letter_of_digit(word[1]) != 0 && word[1] == word[2]);
  return other_sign || (word[1] == word[2] && is_consonant(word[1]));
}

bool sign_is_letter(View word, std::size_t at, const Counts& counts) {
  switch (word[at]) {
    case U'$':
      return dollar_is_letter(word, at, counts);
    case U'@':
      return at_is_letter(word, at, counts);
    default:
      return mark_is_letter(word, at);
  }
}

bool decode_signs(Word* word) {
  const Word original = *word;
  const Counts counts = count(original);
  bool changed = false;
  for (std::size_t i = 0; i < original.size(); ++i) {
    if (!is_sign(original[i]) || !sign_is_letter(original, i, counts)) continue;
    (*word)[i] = decoded(original, i);
    changed = true;
  }
  return changed;
}

bool is_decodable(View digits) {
  return digits.size() <= kMostDigitsInRow &&
         std::all_of(digits.begin(), digits.end(),
                     [](char32_t c) { return c == U'1' || letter_of_digit(c) != 0; });
}

void decode_range(Word* word, std::size_t begin, std::size_t end) {
  const Word original = *word;
  for (std::size_t i = begin; i < end; ++i) (*word)[i] = decoded(original, i);
}

// "s3x", "n00b": with two letters only these shapes.
bool is_short_form(View word) {
  const bool doubled = word.size() == 4 && word[1] == word[2];
  return (word.size() == 3 || doubled) && is_consonant(word.front()) && is_consonant(word.back()) &&
         contains(U"0134", word[1]);
}

bool is_identifier(View word, const Counts& counts) {
  const auto hexadecimal = [](char32_t c) { return is_digit(c) || (c >= U'a' && c <= U'f'); };
  return counts.digits > counts.letters ||
         (counts.digits >= 4 && std::all_of(word.begin(), word.end(), hexadecimal));
}

// Digits between the first and the last letter: all of them, or none.
bool decode_inner_digits(Word* word) {
  const Counts counts = count(*word);
  if (counts.letters < 3 && !is_short_form(*word)) return false;
  if (counts.digits == 0 || is_identifier(*word, counts)) return false;
  const auto letter = [](char32_t c) { return is_letter(c); };
  const auto first = std::find_if(word->begin(), word->end(), letter) - word->begin();
  const auto last = word->rend() - std::find_if(word->rbegin(), word->rend(), letter) - 1;
  Word result = *word;
  for (std::size_t i = first; i < static_cast<std::size_t>(last);) {
    std::size_t end = i;
    while (is_digit((*word)[end])) ++end;
    if (end > i) {
      if (!is_decodable(View(*word).substr(i, end - i))) return false;
      for (; i < end; ++i) result[i] = decoded(*word, i);
    } else {
      ++i;
    }
  }
  const bool changed = result != *word;
  *word = std::move(result);
  return changed;
}

void decode_outer_digits(Word* word) {
  const std::size_t first = word->find_first_not_of(U"0123456789");
  if (first == 1 && is_decodable(View(*word).substr(0, 1))) decode_range(word, 0, 1);
  const std::size_t last = word->find_last_not_of(U"0123456789") + 1;
  if (is_decodable(View(*word).substr(last))) decode_range(word, last, word->size());
}

bool follows_number(View rest) {
  const auto fits = [rest](View unit) {
    if (!rest.starts_with(unit)) return false;
    return unit.size() > 2 || rest.size() == unit.size() || rest.substr(unit.size()) == U"s";
  };
  return std::any_of(kAfterNumber.begin(), kAfterNumber.end(), fits);
}

bool decode_leading_digit(Word* word) {
  const Counts counts = count(*word);
  if (counts.digits != 1 || counts.letters < 2 || counts.letters + 1 != word->size()) return false;
  const char32_t first = word->front();
  if (!is_digit(first) || first == U'2' || follows_number(View(*word).substr(1))) return false;
  (*word)[0] = first == U'8' ? U'b' : decoded(*word, 0);
  return true;
}

bool may_be_decoded(const Glyphs& glyphs, GlyphRange word) {
  if (word.size() == 0 || word.size() > kLongestMixture) return false;
  return std::any_of(
      glyphs.begin() + static_cast<std::ptrdiff_t>(word.begin),
      glyphs.begin() + static_cast<std::ptrdiff_t>(word.end),
      [](const Glyph& glyph) { return is_digit(glyph.code) || is_sign(glyph.code); });
}

bool decode_word(Word* word) {
  bool sure = decode_signs(word);
  sure |= decode_inner_digits(word);
  if (!sure) return decode_leading_digit(word);
  decode_outer_digits(word);
  return true;
}

bool has_code(const Glyph& glyph, char32_t code) { return glyph.code == code; }

bool has_part(const Glyphs& glyphs, View part) {
  return std::ranges::search(glyphs, part, has_code).begin() != glyphs.end();
}

// Web and mail addresses.
bool is_address(const Glyphs& glyphs) {
  const auto at = std::ranges::find(glyphs, U'@', &Glyph::code);
  const auto dot = std::ranges::find(at, glyphs.end(), U'.', &Glyph::code);
  const bool mail = at != glyphs.begin() && glyphs.end() - dot > 2;
  return mail || has_part(glyphs, U"://") || has_part(glyphs, U"www.");
}

GlyphRange without_marks_at_edges(const Glyphs& glyphs, GlyphRange word) {
  constexpr View kMarks = U"!|+";
  while (word.size() > 0 && contains(kMarks, glyphs[word.begin].code)) ++word.begin;
  while (word.size() > 0 && contains(kMarks, glyphs[word.end - 1].code)) --word.end;
  return word;
}

}  // namespace

bool decode_leet(Glyphs* glyphs) {
  const bool possible = std::any_of(glyphs->begin(), glyphs->end(), [](const Glyph& glyph) {
    return is_digit(glyph.code) || is_sign(glyph.code);
  });
  if (!possible || is_address(*glyphs)) return false;
  bool changed = false;
  Word word;
  for (GlyphRange all = next_range(*glyphs, 0, belongs_to_word); all.size() > 0;
       all = next_range(*glyphs, all.end, belongs_to_word)) {
    const GlyphRange range = without_marks_at_edges(*glyphs, all);
    if (!may_be_decoded(*glyphs, range)) continue;
    word.clear();
    for (std::size_t i = range.begin; i < range.end; ++i) word += (*glyphs)[i].code;
    if (!decode_word(&word)) continue;
    for (std::size_t i = 0; i < word.size(); ++i) (*glyphs)[range.begin + i].code = word[i];
    changed = true;
  }
  return changed;
}

}  // namespace dss::text
