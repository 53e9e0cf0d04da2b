#include "text/characters.h"

#include <algorithm>
#include <array>

namespace dss::text {
namespace {

struct Range {
  char32_t first;
  char32_t last;
  CharKind kind;
};

constexpr auto kPunctuation = CharKind::kPunctuation;
constexpr auto kEmoji = CharKind::kEmoji;

// What is not a letter above ASCII, in order.
constexpr std::array kRanges = {
    Range{0x0080, 0x00BF, kPunctuation}, Range{0x00D7, 0x00D7, kPunctuation},
    Range{0x00F7, 0x00F7, kPunctuation}, Range{0x02C2, 0x02DF, kPunctuation},
    Range{0x037E, 0x037E, kPunctuation}, Range{0x0387, 0x0387, kPunctuation},
    Range{0x055A, 0x055F, kPunctuation}, Range{0x0589, 0x058A, kPunctuation},
    Range{0x05BE, 0x05BE, kPunctuation}, Range{0x05F3, 0x05F4, kPunctuation},
    Range{0x0600, 0x060F, kPunctuation}, Range{0x061B, 0x061F, kPunctuation},
    Range{0x066A, 0x066D, kPunctuation}, Range{0x06D4, 0x06D4, kPunctuation},
    Range{0x0964, 0x0965, kPunctuation}, Range{0x0E3F, 0x0E3F, kPunctuation},
    Range{0x0E4F, 0x0E5B, kPunctuation}, Range{0x0F04, 0x0F14, kPunctuation},
    Range{0x104A, 0x104F, kPunctuation}, Range{0x1360, 0x1368, kPunctuation},
    Range{0x2000, 0x20CF, kPunctuation}, Range{0x2100, 0x218F, kPunctuation},
    Range{0x2190, 0x2BFF, kEmoji},       Range{0x2E00, 0x2E7F, kPunctuation},
    Range{0x3000, 0x303F, kPunctuation}, Range{0x30FB, 0x30FB, kPunctuation},
    Range{0xFD3E, 0xFD3F, kPunctuation}, Range{0xFE10, 0xFE6F, kPunctuation},
    Range{0xFF00, 0xFF20, kPunctuation}, Range{0xFFF0, 0xFFFF, kPunctuation},
    Range{0x1F000, 0x1FAFF, kEmoji},
};

CharKind kind_of_ascii(char32_t c) {
  if (is_ascii_letter(c)) return CharKind::kLetter;
  if (is_digit(c)) return CharKind::kDigit;
  return c == U' ' || (c >= 0x09 && c <= 0x0D) ? CharKind::kSpace : CharKind::kPunctuation;
}

}  // namespace

CharKind kind_of(char32_t code_point) {
  if (code_point < 0x80) return kind_of_ascii(code_point);
  const auto* range =
      std::lower_bound(kRanges.begin(), kRanges.end(), code_point,
                       [](const Range& each, char32_t value) { return each.last < value; });
  return range != kRanges.end() && range->first <= code_point ? range->kind : CharKind::kLetter;
}

}  // namespace dss::text
