// Writes src/text/data/fold.txt and src/text/data/confusables.txt from the Unicode data inside ICU.
//
//   g++ -std=c++20 -o /tmp/make_fold_table tools/make_fold_table.cc -licui18n -licuuc
//   /tmp/make_fold_table src/text/data
//
// A development tool: the build reads only the two text files, so the program itself needs no ICU.
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>

#include <fstream>
#include <iostream>
#include <map>
#include <string>

namespace {

using icu::Normalizer2;
using icu::UnicodeString;

// Letters with a stroke, ligatures and the like, which have no decomposition; and typographic
// punctuation.
const std::map<UChar32, const char*> kSpecial = {
    {0x00DF, "ss"}, {0x1E9E, "ss"}, {0x00C6, "ae"}, {0x00E6, "ae"}, {0x0152, "oe"}, {0x0153, "oe"},
    {0x00D8, "o"},  {0x00F8, "o"},  {0x0141, "l"},  {0x0142, "l"},  {0x0110, "d"},  {0x0111, "d"},
    {0x00D0, "d"},  {0x00F0, "d"},  {0x00DE, "th"}, {0x00FE, "th"}, {0x0126, "h"},  {0x0127, "h"},
    {0x0131, "i"},  {0x014A, "n"},  {0x014B, "n"},  {0x0166, "t"},  {0x0167, "t"},  {0x0138, "k"},
    {0x2018, "'"},  {0x2019, "'"},  {0x201A, "'"},  {0x201B, "'"},  {0x02BC, "'"},  {0x00B4, "'"},
    {0x2032, "'"},  {0x201C, "\""}, {0x201D, "\""}, {0x201E, "\""}, {0x201F, "\""}, {0x00AB, "\""},
    {0x00BB, "\""}, {0x2010, "-"},  {0x2011, "-"},  {0x2012, "-"},  {0x2013, "-"},  {0x2014, "-"},
    {0x2015, "-"},  {0x2212, "-"},  {0x2044, "/"},  {0x2028, "\n"}, {0x2029, "\n"}, {0x0085, "\n"},
    {0x2800, " "},  {0x00A1, "!"},  {0x00BF, "?"},
};

// Look-alikes that people use and that Unicode's confusables leave out or map to another letter.
const std::map<UChar32, const char*> kLookAlike = {
    {0x0412, "b"}, {0x0432, "b"}, {0x0406, "i"}, {0x0456, "i"}, {0x041A, "k"}, {0x043A, "k"},
    {0x041C, "m"}, {0x043C, "m"}, {0x041D, "h"}, {0x043D, "h"}, {0x0422, "t"}, {0x0442, "t"},
    {0x0438, "n"}, {0x0418, "n"}, {0x043F, "n"}, {0x044F, "r"}, {0x042F, "r"}, {0x0448, "w"},
    {0x0428, "w"}, {0x0433, "r"}, {0x0443, "y"}, {0x0423, "y"}, {0x0437, "3"}, {0x0417, "3"},
    {0x0391, "a"}, {0x0392, "b"}, {0x0395, "e"}, {0x0396, "z"}, {0x0397, "h"}, {0x0399, "i"},
    {0x039A, "k"}, {0x039C, "m"}, {0x039D, "n"}, {0x039F, "o"}, {0x03A1, "p"}, {0x03A4, "t"},
    {0x03A5, "y"}, {0x03A7, "x"}, {0x03B1, "a"}, {0x03B2, "b"}, {0x03B3, "y"}, {0x03B5, "e"},
    {0x03B7, "n"}, {0x03B9, "i"}, {0x03BA, "k"}, {0x03BC, "u"}, {0x03BD, "v"}, {0x03BF, "o"},
    {0x03C1, "p"}, {0x03C3, "o"}, {0x03C2, "s"}, {0x03C4, "t"}, {0x03C5, "u"}, {0x03C7, "x"},
    {0x03C9, "w"}, {0x00B5, "u"}, {0x0192, "f"}, {0x0251, "a"}, {0x0261, "g"}, {0x0269, "i"},
    {0x04CF, "l"}, {0x0562, "f"}, {0x1D04, "c"}, {0x20AC, "e"}, {0x00A2, "c"}, {0x00A5, "y"},
    {0x00A3, "l"}, {0x20BF, "b"}, {0x20A9, "w"}, {0x20A6, "n"}, {0x20AE, "t"}, {0x0E3F, "b"},
    {0x20B5, "c"}, {0x20B1, "p"}, {0x20AD, "k"}, {0x0259, "e"}, {0x018F, "e"}, {0x01DD, "e"},
    {0x0299, "b"}, {0x1D00, "a"}, {0x1D05, "d"}, {0x1D07, "e"}, {0xA730, "f"}, {0x0262, "g"},
    {0x029C, "h"}, {0x1D0A, "j"}, {0x029F, "l"}, {0x1D0D, "m"}, {0x0274, "n"}, {0x1D18, "p"},
    {0x0280, "r"}, {0x1D1B, "t"}, {0x028F, "y"}, {0xA7AF, "q"}, {0x0250, "a"}, {0x0254, "c"},
    {0x025F, "f"}, {0x0183, "g"}, {0x0265, "h"}, {0x1D09, "i"}, {0x027E, "j"}, {0x029E, "k"},
    {0x026F, "m"}, {0x0279, "r"}, {0x0287, "t"}, {0x028C, "v"}, {0x028D, "w"}, {0x028E, "y"},
    {0x1D0E, "n"}, {0x0253, "b"}, {0x0256, "d"}, {0x0257, "d"}, {0x0260, "g"}, {0x0266, "h"},
    {0x0199, "k"}, {0x0272, "n"}, {0x01A5, "p"}, {0x0288, "t"}, {0x0289, "u"}, {0x01B4, "y"},
    {0x0290, "z"}, {0x0248, "j"}, {0x0249, "j"},
};

const Normalizer2* normalizer(bool compose) {
  UErrorCode status = U_ZERO_ERROR;
  return compose ? Normalizer2::getNFKCInstance(status) : Normalizer2::getNFKDInstance(status);
}

UnicodeString normalized(const UnicodeString& text, bool compose) {
  UErrorCode status = U_ZERO_ERROR;
  return normalizer(compose)->normalize(text, status);
}

// Marks that decorate letters of any script; the vowel signs of other scripts are not among them.
bool combining_diacritic(UChar32 c) {
  return (c >= 0x0300 && c <= 0x036F) || (c >= 0x0483 && c <= 0x0489) ||
         (c >= 0x1AB0 && c <= 0x1AFF) || (c >= 0x1DC0 && c <= 0x1DFF) ||
         (c >= 0x20D0 && c <= 0x20FF) || (c >= 0xFE20 && c <= 0xFE2F);
}

bool dropped(UChar32 c) {
  return combining_diacritic(c) || u_charType(c) == U_CONTROL_CHAR ||
         u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ||
         (c >= 0x1F3FB && c <= 0x1F3FF);  // skin tones
}

// Forms whose decomposition says less than they do, or that are too many to list for nothing.
bool left_alone(UChar32 c) {
  return c < 0x80 || (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0x2F800 && c <= 0x2FA1F) || (c >= 0x2E80 && c <= 0x2FDF) || c == 0x2122 ||
         c == 0x2120 || (c >= 0x3131 && c <= 0x318E) || !u_isdefined(c) || U_IS_SURROGATE(c) ||
         u_charType(c) == U_PRIVATE_USE_CHAR;
}

UnicodeString fold_once(UChar32 c) {
  if (const auto special = kSpecial.find(c); special != kSpecial.end()) {
    return UnicodeString::fromUTF8(special->second);
  }
  if (u_isUWhiteSpace(c) || u_charType(c) == U_SPACE_SEPARATOR) return " ";
  if (dropped(c)) return "";
  if (left_alone(c)) return UnicodeString(c).toLower(icu::Locale::getRoot());
  UnicodeString kept;
  const UnicodeString apart = normalized(UnicodeString(c), false);
  for (int32_t i = 0; i < apart.length(); i = apart.moveIndex32(i, 1)) {
    if (!combining_diacritic(apart.char32At(i))) kept.append(apart.char32At(i));
  }
  if (kept.isEmpty() || kept.indexOf(u' ') >= 0) return UnicodeString(c);
  return normalized(kept.toLower(icu::Locale::getRoot()), true);
}

UnicodeString fold(UChar32 c) {
  UnicodeString now(c);
  for (int round = 0; round < 8; ++round) {
    UnicodeString next;
    for (int32_t i = 0; i < now.length(); i = now.moveIndex32(i, 1)) {
      const UChar32 each = now.char32At(i);
      next.append(each < 0x80 ? UnicodeString(each).toLower(icu::Locale::getRoot())
                              : fold_once(each));
    }
    if (next == now) break;
    now = next;
  }
  return now;
}

bool is_ascii(const UnicodeString& text) {
  for (int32_t i = 0; i < text.length(); ++i) {
    if (text.charAt(i) >= 0x80) return false;
  }
  return true;
}

UnicodeString look_alike(UChar32 c, USpoofChecker* checker) {
  if (const auto hand = kLookAlike.find(c); hand != kLookAlike.end()) return hand->second;
  if (!u_isalpha(c)) return {};
  UErrorCode status = U_ZERO_ERROR;
  UnicodeString skeleton;
  uspoof_getSkeletonUnicodeString(checker, 0, UnicodeString(c), skeleton, &status);
  skeleton = fold(skeleton.char32At(0)) + UnicodeString(skeleton, skeleton.moveIndex32(0, 1));
  if (skeleton.length() != 1 || !is_ascii(skeleton) || !u_isalpha(skeleton.charAt(0))) return {};
  if (skeleton == UnicodeString("l") && u_isupper(c)) return "i";
  return skeleton;
}

std::string shown(const UnicodeString& text) {
  if (text == UnicodeString(" ")) return "SPACE";
  if (text == UnicodeString("\n")) return "NEWLINE";
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8.empty() ? "DROP" : utf8;
}

void write_ranges(std::ofstream& out, const std::map<UChar32, UnicodeString>& table) {
  char line[64];
  for (auto it = table.begin(); it != table.end();) {
    auto last = it;
    auto next = std::next(it);
    while (next != table.end() && next->first == last->first + 1 && next->second == it->second) {
      last = next++;
    }
    if (last == it) {
      std::snprintf(line, sizeof line, "%04X ", static_cast<unsigned>(it->first));
    } else {
      std::snprintf(line, sizeof line, "%04X..%04X ", static_cast<unsigned>(it->first),
                    static_cast<unsigned>(last->first));
    }
    out << line << shown(it->second) << '\n';
    it = next;
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: make_fold_table DIRECTORY\n";
    return 2;
  }
  UErrorCode status = U_ZERO_ERROR;
  USpoofChecker* checker = uspoof_open(&status);
  std::map<UChar32, UnicodeString> folds;
  std::map<UChar32, UnicodeString> looks;
  for (UChar32 c = 0x80; c <= 0x10FFFF; ++c) {
    if (U_IS_SURROGATE(c)) continue;
    const UnicodeString folded = fold(c);
    if (folded != UnicodeString(c)) folds[c] = folded;
    if (folded.isEmpty() || is_ascii(folded)) continue;
    const UnicodeString look = look_alike(c, checker);
    if (!look.isEmpty()) looks[c] = look;
  }
  uspoof_close(checker);
  const std::string directory = argv[1];
  std::ofstream fold_file(directory + "/fold.txt");
  fold_file << "# Code point or range, and what it is read as: compatibility forms, accents and "
               "capitals undone.\n"
               "# Made from Unicode " U_UNICODE_VERSION
               " by tools/make_fold_table.cc (Unicode licence v3).\n";
  write_ranges(fold_file, folds);
  std::ofstream look_file(directory + "/confusables.txt");
  look_file << "# Code point or range, and the Latin letter that it is drawn like.\n"
               "# Made from Unicode " U_UNICODE_VERSION
               " by tools/make_fold_table.cc (Unicode licence v3).\n";
  write_ranges(look_file, looks);
  return 0;
}
