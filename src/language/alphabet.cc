#include "language/alphabet.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace dss::language {
namespace {

constexpr std::uint8_t kRareSymbol = 255;

// Latin symbols: a-z are 1-26, then the other lower-case letters of these blocks in order.
constexpr char32_t kLatin1Begin = 0xDF, kLatinExtendedAEnd = 0x180;
constexpr char32_t kVietnameseBegin = 0x1EA0, kVietnameseEnd = 0x1EFA;
constexpr std::uint8_t kLatin1Symbol = 27;
constexpr std::uint8_t kLatinExtendedASymbol = kLatin1Symbol + (0x100 - kLatin1Begin);
constexpr std::uint8_t kVietnameseSymbol = kLatinExtendedASymbol + (kLatinExtendedAEnd - 0x100) / 2;
constexpr std::uint8_t kLatinRestSymbol =
    kVietnameseSymbol + (kVietnameseEnd - kVietnameseBegin) / 2;
static_assert(kLatinRestSymbol + 4 < kRareSymbol);

constexpr char32_t lower_latin(char32_t c) {
  if (c >= 'A' && c <= 'Z') return c + 32;
  if (c >= 0xC0 && c <= 0xDE) return c + 32;
  if (c == 0x130) return 'i';  // İ
  if (c == 0x178) return 0xFF;
  const bool odd_is_upper = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
  const bool even_is_upper = (c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177) ||
                             (c >= 0x218 && c <= 0x21B) ||
                             (c >= kVietnameseBegin && c < kVietnameseEnd) || c == 0x1A0;
  if (even_is_upper && c % 2 == 0) return c + 1;
  if ((odd_is_upper || c == 0x1AF) && c % 2 == 1) return c + 1;
  return c;
}

constexpr std::uint8_t latin_symbol(char32_t c) {
  if (c >= 'a' && c <= 'z') return static_cast<std::uint8_t>(c - 'a' + 1);
  if (c >= kLatin1Begin && c < 0x100)
    return static_cast<std::uint8_t>(kLatin1Symbol + (c - kLatin1Begin));
  if (c >= 0x100 && c < kLatinExtendedAEnd) {
    return static_cast<std::uint8_t>(kLatinExtendedASymbol + (c - 0x100) / 2);
  }
  if (c >= kVietnameseBegin && c < kVietnameseEnd) {
    return static_cast<std::uint8_t>(kVietnameseSymbol + (c - kVietnameseBegin) / 2);
  }
  constexpr char32_t kRest[] = {0x1A1, 0x1B0, 0x219, 0x21B};  // ơ ư ș ț
  for (std::size_t i = 0; i < std::size(kRest); ++i) {
    if (c == kRest[i]) return static_cast<std::uint8_t>(kLatinRestSymbol + i);
  }
  return kRareSymbol;
}

constexpr Letter latin(char32_t c) { return {Script::kLatin, latin_symbol(lower_latin(c))}; }

constexpr Letter cyrillic(char32_t c) {
  if (c >= 0x410 && c < 0x430) c += 0x20;
  if (c >= 0x400 && c < 0x410) c += 0x50;
  const bool paired = c >= 0x460 && !(c >= 0x482 && c < 0x48A);
  if (paired && c % 2 == 0) ++c;
  return {Script::kCyrillic,
          static_cast<std::uint8_t>(std::min<char32_t>(c - 0x430 + 1, kRareSymbol))};
}

constexpr Letter arabic(char32_t c) {
  return {Script::kArabic,
          static_cast<std::uint8_t>(std::min<char32_t>(c - 0x620 + 1, kRareSymbol))};
}

struct Range {
  char32_t first, last;
  Script script;
};

constexpr Range kRanges[] = {
    {0xAD, 0xAD, Script::kMark},         {0x300, 0x36F, Script::kMark},
    {0x370, 0x3FF, Script::kGreek},      {0x483, 0x489, Script::kMark},
    {0x531, 0x556, Script::kArmenian},   {0x561, 0x587, Script::kArmenian},
    {0x591, 0x5C7, Script::kMark},       {0x5D0, 0x5F2, Script::kHebrew},
    {0x640, 0x640, Script::kMark},       {0x64B, 0x65F, Script::kMark},
    {0x670, 0x670, Script::kMark},       {0x6D6, 0x6ED, Script::kMark},
    {0x900, 0x963, Script::kDevanagari}, {0x971, 0x97F, Script::kDevanagari},
    {0x980, 0x9E3, Script::kBengali},    {0xA01, 0xA5E, Script::kGurmukhi},
    {0xA70, 0xA75, Script::kGurmukhi},   {0xA81, 0xAE3, Script::kGujarati},
    {0xB01, 0xB63, Script::kOriya},      {0xB82, 0xBD7, Script::kTamil},
    {0xC00, 0xC63, Script::kTelugu},     {0xC80, 0xCE3, Script::kKannada},
    {0xD00, 0xD63, Script::kMalayalam},  {0xD81, 0xDF3, Script::kSinhala},
    {0xE01, 0xE3A, Script::kThai},       {0xE40, 0xE4E, Script::kThai},
    {0xE81, 0xECD, Script::kLao},        {0xEDC, 0xEDF, Script::kLao},
    {0x1000, 0x103F, Script::kMyanmar},  {0x1050, 0x108F, Script::kMyanmar},
    {0x10A0, 0x10FF, Script::kGeorgian}, {0x1100, 0x11FF, Script::kHangul},
    {0x1200, 0x135A, Script::kEthiopic}, {0x1380, 0x138F, Script::kEthiopic},
    {0x1780, 0x17D3, Script::kKhmer},    {0x1C90, 0x1CBF, Script::kGeorgian},
    {0x1E00, 0x1EFF, Script::kLatin},    {0x1F00, 0x1FFE, Script::kGreek},
    {0x200B, 0x200F, Script::kMark},     {0x3005, 0x3007, Script::kHan},
    {0x3041, 0x3096, Script::kKana},     {0x3099, 0x309C, Script::kMark},
    {0x309D, 0x309F, Script::kKana},     {0x30A1, 0x30FA, Script::kKana},
    {0x30FC, 0x30FF, Script::kKana},     {0x3131, 0x318E, Script::kHangul},
    {0x31F0, 0x31FF, Script::kKana},     {0x3400, 0x4DBF, Script::kHan},
    {0x4E00, 0x9FFF, Script::kHan},      {0xAC00, 0xD7A3, Script::kHangul},
    {0xD7B0, 0xD7FB, Script::kHangul},   {0xF900, 0xFAFF, Script::kHan},
    {0xFB50, 0xFDFB, Script::kArabic},   {0xFE70, 0xFEFC, Script::kArabic},
    {0xFF21, 0xFF3A, Script::kLatin},    {0xFF41, 0xFF5A, Script::kLatin},
    {0xFF66, 0xFF9D, Script::kKana},     {0xFF9E, 0xFF9F, Script::kMark},
    {0xFFA0, 0xFFDC, Script::kHangul},   {0x20000, 0x323AF, Script::kHan},
};

constexpr Script find_script(char32_t c) {
  const Range* range =
      std::upper_bound(std::begin(kRanges), std::end(kRanges), c,
                       [](char32_t value, const Range& r) { return value < r.first; });
  if (range == std::begin(kRanges) || c > (range - 1)->last) return Script::kNone;
  return (range - 1)->script;
}

constexpr bool is_latin(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == 0xAA || c == 0xBA ||
         (c >= 0xC0 && c < 0x2B0 && c != 0xD7 && c != 0xF7);
}

constexpr bool is_arabic(char32_t c) {
  return (c >= 0x620 && c <= 0x64A && c != 0x640) || (c >= 0x66E && c <= 0x6D3 && c != 0x670) ||
         c == 0x6D5 || c == 0x6EE || c == 0x6EF || (c >= 0x6FA && c <= 0x6FF);
}

constexpr Letter classify(char32_t c) {
  if (is_latin(c)) return latin(c);
  if (const Script script = find_script(c); script != Script::kNone) return {script, 0};
  if (c >= 0x400 && c < 0x530 && c != 0x482) return cyrillic(c);
  if (is_arabic(c)) return arabic(c);
  return {};
}

constexpr auto kLetters = [] {
  std::array<Letter, alphabet_internal::kTableEnd> letters{};
  for (char32_t c = 0; c < letters.size(); ++c) letters[c] = classify(c);
  return letters;
}();

}  // namespace

namespace alphabet_internal {

const std::array<Letter, kTableEnd> kTable = kLetters;

Letter beyond_table(char32_t c) {
  const Script script = find_script(c);
  if (script == Script::kLatin) return latin(c >= 0xFF21 ? c - 0xFEE0 : c);
  if (script == Script::kArabic) return {script, kRareSymbol};
  return {script, 0};
}

}  // namespace alphabet_internal
}  // namespace dss::language
