// Folding of single code points: compatibility forms, accents and capitals undone; and look-alikes
// of Latin letters.
#pragma once

#include <string>

namespace dss::text {

/// What `code_point` is read as: its NFKD form in small letters without combining marks, empty for
/// what is not seen (format characters, controls, variation selectors), " " or "\n" for white
/// space; null when it stands for itself, as all of ASCII does here. Folding twice changes nothing.
/// Vowel signs of Indic, Hebrew, Arabic and Thai script stay. The answer lives as long as the
/// program. Thread-safe.
[[nodiscard]] const std::u32string* fold(char32_t code_point);

/// The small Latin letter (rarely a digit) that `code_point`, folded or not, is drawn like; 0 if
/// none.
[[nodiscard]] char32_t look_alike(char32_t code_point);

/// Whether a look-alike belongs to the Latin script itself (small capitals, turned letters): it
/// needs no neighbouring Latin letters as evidence.
[[nodiscard]] bool is_latin_variant(char32_t code_point);

}  // namespace dss::text
