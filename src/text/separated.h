// Words whose letters were pulled apart.
#pragma once

#include "text/glyphs.h"

namespace dss::text {

/// Joins three or more single letters with one or two signs between each two of them: "f.u.c.k",
/// "s-h--i-t", "U.S.A.". "e.g." and "well-known" stay as they are. Whether it changed anything.
bool join_separated(Glyphs* glyphs);

/// Whether letters that stood alone between single spaces ("f u c k") are one word: four or more;
/// of three, only if they are not all words of their own in chat or in French ("u r a", "y a a").
/// Digits may stand for a minority.
[[nodiscard]] bool spells_word(const Glyphs& letters);

}  // namespace dss::text
