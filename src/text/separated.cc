#include "text/separated.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace dss::text {
namespace {

constexpr std::size_t kLeastLetters = 3;
constexpr std::size_t kMostSeparators = 2;
constexpr std::u32string_view kSeparators = U".-_*~|/\\,+=^:;'\"`#&<>";
// Letters that stand alone in ordinary writing.
constexpr std::u32string_view kOneLetterWords = U"abcdeikmnorstuvxy";

bool is_separator(char32_t c) { return kSeparators.find(c) != std::u32string_view::npos; }

bool is_word_sign(char32_t c) {
  return is_letter(c) || is_digit(c) || c == U'@' || c == U'$' || c == U'!';
}

bool mostly_letters(std::size_t letters, std::size_t signs) {
  return letters >= 2 && letters * 2 > signs;
}

bool stands_alone(const Glyphs& glyphs, std::size_t at) {
  return is_word_sign(glyphs[at].code) && (at == 0 || !is_word_sign(glyphs[at - 1].code)) &&
         (at + 1 == glyphs.size() || !is_word_sign(glyphs[at + 1].code));
}

// Whether as many signs as a joined word needs stand alone.
bool has_enough_alone(const Glyphs& glyphs) {
  std::size_t alone = 0;
  std::size_t row = 0;  // signs in a row up to here
  for (const Glyph& glyph : glyphs) {
    if (is_word_sign(glyph.code)) {
      ++row;
      continue;
    }
    alone += row == 1 ? 1 : 0;
    row = 0;
  }
  return alone + (row == 1 ? 1 : 0) >= kLeastLetters;
}

// Where the next single letter stands behind the one at `at`, or `at` itself if there is none.
std::size_t next_single(const Glyphs& glyphs, std::size_t at) {
  std::size_t next = at + 1;
  while (next < glyphs.size() && next - at <= kMostSeparators && is_separator(glyphs[next].code) &&
         glyphs[next].code == glyphs[at + 1].code) {
    ++next;
  }
  return next > at + 1 && next < glyphs.size() && stands_alone(glyphs, next) ? next : at;
}

// The single signs from the one at `at` on, each one separator group behind the other; none if
// none stands there.
void find_run(const Glyphs& glyphs, std::size_t at, std::vector<std::size_t>* run) {
  run->clear();
  if (!stands_alone(glyphs, at)) return;
  run->push_back(at);
  for (std::size_t next = next_single(glyphs, at); next != run->back();
       next = next_single(glyphs, run->back())) {
    run->push_back(next);
  }
}

// The longest end of a run that reads as a word, as the index of its first sign; the run's size if
// there is none. One pass, so that a long run costs no more than its length.
std::size_t first_of_joined(const Glyphs& glyphs, const std::vector<std::size_t>& run) {
  auto letters = static_cast<std::size_t>(std::count_if(
      run.begin(), run.end(), [&](std::size_t at) { return is_letter(glyphs[at].code); }));
  for (std::size_t first = 0; first + kLeastLetters <= run.size(); ++first) {
    if (mostly_letters(letters, run.size() - first)) return first;
    if (is_letter(glyphs[run[first]].code)) --letters;
  }
  return run.size();
}

}  // namespace

bool join_separated(Glyphs* glyphs) {
  if (!has_enough_alone(*glyphs)) return false;
  Glyphs& all = *glyphs;
  std::vector<std::size_t> run;  // where its signs stand
  bool changed = false;
  std::size_t out = 0;
  for (std::size_t i = 0; i < all.size();) {
    find_run(all, i, &run);
    const std::size_t joined = first_of_joined(all, run);
    const std::size_t behind = run.empty() ? i + 1 : run.back() + 1;
    const std::size_t apart = joined < run.size() ? run[joined] : behind;
    while (i < apart) all[out++] = all[i++];
    for (std::size_t k = joined; k < run.size(); ++k) all[out++] = all[run[k]];
    changed |= joined < run.size();
    i = behind;
  }
  all.resize(out);
  return changed;
}

bool spells_word(const Glyphs& letters) {
  const auto count = std::count_if(letters.begin(), letters.end(),
                                   [](const Glyph& glyph) { return is_letter(glyph.code); });
  if (letters.size() < kLeastLetters ||
      !mostly_letters(static_cast<std::size_t>(count), letters.size())) {
    return false;
  }
  if (letters.size() > kLeastLetters) return true;
  return std::any_of(letters.begin(), letters.end(), [](const Glyph& glyph) {
    return kOneLetterWords.find(glyph.code) == std::u32string_view::npos;
  });
}

}  // namespace dss::text
