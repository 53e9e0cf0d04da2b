// Runs of one character.
#pragma once

#include "text/glyphs.h"

namespace dss::text {

struct Shortened {
  bool any = false;      ///< something was removed
  bool letters = false;  ///< a letter was
};

/// Shortens runs of three or more of one character to one: "fuuuck", "!!!", "...". Numbers keep
/// their digits, and a word that is nothing but one letter keeps three of them ("xxx", "www").
Shortened shorten_repeats(Glyphs* glyphs);

}  // namespace dss::text
