// A stretch of text under repair: folded characters that remember where they came from.
#pragma once

#include <cstddef>
#include <vector>

#include "text/characters.h"

namespace dss::text {

struct Glyph {
  char32_t code = 0;      ///< folded
  std::size_t begin = 0;  ///< bytes of the original that it stands for
  std::size_t end = 0;
};

/// Characters without white space between them, or one letter each of a spaced-out word.
using Glyphs = std::vector<Glyph>;

/// Begin and one past the end of the characters around `at` for which `belongs` holds.
struct GlyphRange {
  std::size_t begin = 0;
  std::size_t end = 0;
  [[nodiscard]] std::size_t size() const { return end - begin; }
};

/// The first range at or behind `from` whose characters all satisfy `belongs`; empty at the end if
/// there is none.
template <typename Predicate>
[[nodiscard]] GlyphRange next_range(const Glyphs& glyphs, std::size_t from, Predicate belongs) {
  while (from < glyphs.size() && !belongs(glyphs[from].code)) ++from;
  std::size_t end = from;
  while (end < glyphs.size() && belongs(glyphs[end].code)) ++end;
  return {from, end};
}

}  // namespace dss::text
