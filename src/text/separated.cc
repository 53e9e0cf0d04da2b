#include "text/separated.h"

#include <algorithm>
#include <string_view>

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

bool mostly_letters(const Glyphs& letters) {
  const auto count = std::count_if(letters.begin(), letters.end(),
                                   [](const Glyph& glyph) { return is_letter(glyph.code); });
  return count >= 2 && static_cast<std::size_t>(count) * 2 > letters.size();
}

bool stands_alone(const Glyphs& glyphs, std::size_t at) {
  return is_word_sign(glyphs[at].code) && (at == 0 || !is_word_sign(glyphs[at - 1].code)) &&
         (at + 1 == glyphs.size() || !is_word_sign(glyphs[at + 1].code));
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

}  // namespace

bool join_separated(Glyphs* glyphs) {
  Glyphs& all = *glyphs;
  Glyphs letters;
  bool changed = false;
  std::size_t out = 0;
  for (std::size_t i = 0; i < all.size();) {
    letters.clear();
    std::size_t last = i;
    if (stands_alone(all, i)) {
      letters.push_back(all[i]);
      for (std::size_t next = next_single(all, i); next != last; next = next_single(all, last)) {
        letters.push_back(all[next]);
        last = next;
      }
    }
    if (letters.size() >= kLeastLetters && mostly_letters(letters)) {
      std::copy(letters.begin(), letters.end(), all.begin() + static_cast<std::ptrdiff_t>(out));
      out += letters.size();
      changed = true;
    } else {
      last = i;
      all[out++] = all[i];
    }
    i = last + 1;
  }
  all.resize(out);
  return changed;
}

bool spells_word(const Glyphs& letters) {
  if (letters.size() < kLeastLetters || !mostly_letters(letters)) return false;
  if (letters.size() > kLeastLetters) return true;
  return std::any_of(letters.begin(), letters.end(), [](const Glyph& glyph) {
    return kOneLetterWords.find(glyph.code) == std::u32string_view::npos;
  });
}

}  // namespace dss::text
