// Runs of one character.
#pragma once

#include "text/glyphs.h"

namespace dss::text {

/// Shortens runs of three or more of one character to one: "fuuuck", "!!!", "...". Numbers keep
/// their digits, and a word that is nothing but one letter keeps three of them ("xxx", "www").
/// Whether a letter was removed from a word.
bool shorten_repeats(Glyphs* glyphs);

}  // namespace dss::text
