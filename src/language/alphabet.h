// Letters as the detector sees them: which script, and a small number for the lower-case letter
// within that script.
#pragma once

#include <array>
#include <cstdint>

namespace dss::language {

enum class Script : std::uint8_t {
  kNone,   ///< not a letter: ends a word
  kMark,   ///< part of a word without a number of its own: combining accents, vowel points, soft
           ///< hyphens
  kLatin,  ///< the three scripts that several of our languages share come first
  kCyrillic,
  kArabic,
  kHan,
  kKana,
  kHangul,
  kDevanagari,
  kGreek,
  kHebrew,
  kArmenian,
  kBengali,
  kGurmukhi,
  kGujarati,
  kOriya,
  kTamil,
  kTelugu,
  kKannada,
  kMalayalam,
  kSinhala,
  kThai,
  kLao,
  kMyanmar,
  kGeorgian,
  kEthiopic,
  kKhmer,
};
inline constexpr int kScripts = static_cast<int>(Script::kKhmer) + 1;

struct Letter {
  Script script = Script::kNone;
  /// 1 to 255 for Latin, Cyrillic and Arabic: equal for the upper and lower case of a letter, and
  /// 255 for the rare ones. 0 for every other script.
  std::uint8_t symbol = 0;
};

namespace alphabet_internal {
inline constexpr char32_t kTableEnd = 0x700;
extern const std::array<Letter, kTableEnd> kTable;
Letter beyond_table(char32_t code_point);
}  // namespace alphabet_internal

/// Takes any code point; unassigned ones are kNone.
[[nodiscard]] inline Letter letter(char32_t code_point) {
  using namespace alphabet_internal;
  return code_point < kTableEnd ? kTable[code_point] : beyond_table(code_point);
}

}  // namespace dss::language
