// Which language a text is written in: quick enough to run before every scoring, meant for comments
// of a few words.
#pragma once

#include <span>
#include <string_view>

namespace dss::language {

/// The answer when there is no evidence, or not enough of it.
inline constexpr std::string_view kUndetermined = "und";

struct Detection {
  std::string_view code = kUndetermined;  ///< ISO 639-1, or kUndetermined; static storage
  float confidence =
      0;  ///< estimated probability that the best language is right, 0 to 1; 0 without letters
};

/// The language of `text`: the script with the most letters decides, and among the languages of
/// that script a classifier over letter n-grams and whole words.
///
/// Ignored as evidence: white space, digits, punctuation, emoji, web addresses, @names and e-mail
/// addresses. Upper and lower case, the two ways to write accents, and full-width letters count as
/// equal.
///
/// "und" is answered when no letter was found, and when the best language has a confidence below
/// one half: single names, words that many languages share, one-letter words. It says "cannot
/// tell", not "unsupported": whoever decides on supported languages lets "und" pass as supported,
/// so that no short English comment is refused for lack of evidence.
///
/// Of texts over 160 bytes the first and last words, some 32 bytes each, are read first: where both
/// speak for one language of the Latin script, and together are sure of it (0.97), that is the
/// answer. Otherwise texts of up to 1,536 bytes are read whole; of longer ones 512 bytes each at
/// the start, in the middle and at the end, so the cost has a bound. Surrounding white space never
/// changes the answer.
///
/// Not distinguished: Hindi from other languages in Devanagari, Norwegian from Danish, Malay from
/// Indonesian, and languages outside codes() that use the Latin, Cyrillic or Arabic script (they
/// come out as a neighbour or "und"). Accuracy by language and length: docs/language-detection.md.
///
/// REQUIRES: valid UTF-8. Never allocates, never fails; any number of threads may call it at once.
[[nodiscard]] Detection detect(std::string_view text);

/// Every code that detect() can answer, "und" last: a bounded list for metric labels. Static
/// storage.
[[nodiscard]] std::span<const std::string_view> codes();

}  // namespace dss::language
