#include "text/look_alikes.h"

#include <algorithm>
#include <string_view>

#include "text/fold.h"

namespace dss::text {
namespace {

// Small Cyrillic and Greek letters that cannot be told from Latin ones at all; the table holds
// looser likenesses too, of which whole Russian words can be made ("нет").
constexpr std::u32string_view kSame = U"аеорсухіјѕһӏԁԛԝοανιρυ";

bool is_drawn_the_same(const Glyph& glyph) {
  return kSame.find(glyph.code) != std::u32string_view::npos;
}

bool may_be_letter(char32_t c) { return is_letter(c) || look_alike(c) != 0; }

bool replace(Glyphs* glyphs, GlyphRange word, bool (*wanted)(char32_t)) {
  bool changed = false;
  for (std::size_t i = word.begin; i < word.end; ++i) {
    const char32_t code = (*glyphs)[i].code;
    const char32_t letter = wanted(code) ? look_alike(code) : 0;
    if (letter == 0) continue;
    (*glyphs)[i].code = letter;
    changed = true;
  }
  return changed;
}

// Signs such as € and £ are letters only between letters: not in "5€" or "£5".
GlyphRange without_signs_at_edges(const Glyphs& glyphs, GlyphRange word) {
  while (word.size() > 0 && !is_letter(glyphs[word.begin].code)) ++word.begin;
  while (word.size() > 0 && !is_letter(glyphs[word.end - 1].code)) --word.end;
  return word;
}

}  // namespace

bool undo_look_alikes(Glyphs* glyphs, bool latin_text) {
  constexpr std::size_t kLeastLetters = 3;
  bool changed = false;
  for (GlyphRange all = next_range(*glyphs, 0, may_be_letter); all.size() > 0;
       all = next_range(*glyphs, all.end, may_be_letter)) {
    const GlyphRange word = without_signs_at_edges(*glyphs, all);
    changed |= replace(glyphs, word, is_latin_variant);
    if (word.size() < kLeastLetters) continue;
    const auto begin = glyphs->begin() + static_cast<std::ptrdiff_t>(word.begin);
    const auto end = glyphs->begin() + static_cast<std::ptrdiff_t>(word.end);
    const auto latin = [](const Glyph& glyph) { return is_ascii_letter(glyph.code); };
    if (std::any_of(begin, end, latin) ||
        (latin_text && std::all_of(begin, end, is_drawn_the_same))) {
      changed |= replace(glyphs, word, [](char32_t c) { return c >= 0x80; });
    }
  }
  return changed;
}

}  // namespace dss::text
