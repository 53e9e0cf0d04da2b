// Letters of other scripts that stand in for Latin ones.
#pragma once

#include "text/glyphs.h"

namespace dss::text {

/// Replaces look-alikes where there is evidence that a Latin word was meant: a word of three
/// letters or more that also holds a Latin letter; in a text that is mostly Latin (`latin_text`)
/// also a word made wholly of letters drawn the same. Whether it changed anything.
bool undo_look_alikes(Glyphs* glyphs, bool latin_text);

}  // namespace dss::text
