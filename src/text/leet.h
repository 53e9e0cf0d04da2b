// Digits and signs that stand for letters.
#pragma once

#include "text/glyphs.h"

namespace dss::text {

/// Reads "sh1t", "b!tch", "@ss", "a$$", "wh0r3" as letters where the word itself gives evidence:
/// - a digit counts as a letter between letters, at most two in a row, in a word with three letters
/// or more (with two,
///   only a vowel between consonants: "s3x"); at the end of a word only if another digit or sign in
///   it was read so;
/// - one digit before two or more letters ("5hit") unless a unit or an ordinal follows ("4th",
/// "5pm", "45s");
/// - "!", "|" and "+" between letters, if what stands on one side is no word ("b!tch", not
/// "stop!now");
/// - "$" and "@" inside words; "@" at the start only before a doubled consonant or another sign
/// ("@ss", not "@sam"). Addresses and long mixtures of letters and digits (identifiers) stay as
/// they are. Whether it changed anything.
bool decode_leet(Glyphs* glyphs);

}  // namespace dss::text
