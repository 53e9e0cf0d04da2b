#include "language/detector.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"

namespace dss::language {
namespace {

std::string arbitrary_text() {
  const auto scalars = *rc::gen::container<std::vector<std::uint32_t>>(rc::gen::oneOf(
      rc::gen::inRange<std::uint32_t>(0x20, 0x7F), rc::gen::inRange<std::uint32_t>(0, 0x700),
      rc::gen::inRange<std::uint32_t>(0x900, 0xD800),
      rc::gen::inRange<std::uint32_t>(0xE000, 0x110000)));
  std::string text;
  for (const std::uint32_t scalar : scalars) base::append_utf8(scalar, &text);
  return text;
}

std::string repeat(std::string_view piece, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += piece;
  return text;
}

TEST(Detector, GoldenTexts) {
  int texts = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(DSS_SOURCE_DIR "/tests/golden/language")) {
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line);) {
      if (line.empty() || line[0] == '#') continue;
      EXPECT_EQ(detect(line).code, entry.path().stem().string()) << line;
      ++texts;
    }
  }
  EXPECT_GE(texts, 150);
}

TEST(Detector, NoLettersNoConfidence) {
  for (const std::string_view text :
       {"", "   \n", "123 !!!", "😀😀", "https://example.com/page", "@name"}) {
    EXPECT_EQ(detect(text).code, kUndetermined) << text;
    EXPECT_EQ(detect(text).confidence, 0) << text;
  }
}

TEST(Detector, ScriptsOfOneLanguageDecideAlone) {
  const std::pair<std::string_view, std::string_view> texts[] = {
      {"el", "καλημέρα σε όλους"}, {"he", "שלום לכולם"},       {"hy", "բարեւ ձեզ"},
      {"bn", "আপনি কেমন আছেন"},    {"pa", "ਤੁਸੀਂ ਕਿਵੇਂ ਹੋ"},        {"gu", "તમે કેમ છો"},
      {"or", "ଆପଣ କେମିତି ଅଛନ୍ତି"},     {"ta", "எப்படி இருக்கிறீர்கள்"}, {"te", "మీరు ఎలా ఉన్నారు"},
      {"kn", "ನೀವು ಹೇಗಿದ್ದೀರಿ"},      {"ml", "സുഖമാണോ"},           {"si", "කොහොමද ඔයාට"},
      {"th", "สวัสดีครับ"},           {"lo", "ສະບາຍດີ"},           {"my", "မင်္ဂလာပါ"},
      {"ka", "გამარჯობა"},         {"am", "እንደምን አለህ"},        {"km", "សួស្តី"}};
  for (const auto& [code, text] : texts) EXPECT_EQ(detect(text).code, code) << text;
}

TEST(Detector, MoreTextMoreConfidence) {
  EXPECT_LT(detect("idiot").confidence, detect("you are an idiot").confidence);
  EXPECT_GT(detect("you are an idiot and everybody knows it").confidence, 0.99F);
}

TEST(Detector, RepetitionIsNoEvidence) {
  EXPECT_EQ(detect(repeat("haha ", 800)).confidence, detect("haha").confidence);
}

TEST(Detector, MostLettersDecideTheScript) {
  EXPECT_EQ(detect("iPhone купил себе вчера").code, "ru");
  EXPECT_EQ(detect("I bought it in Москва last year").code, "en");
  EXPECT_EQ(detect("Twitterで見た").code, "ja");
}

TEST(Detector, ReadsBeginningMiddleAndEndOfLongTexts) {
  const std::string english = repeat("this is an english sentence about nothing at all. ", 400);
  const std::string russian = repeat("это русское предложение ни о чём. ", 6000);
  EXPECT_EQ(detect(english + russian).code, "ru");
  EXPECT_EQ(detect(repeat("this is an english sentence. ", 100000)).code, "en");
  EXPECT_EQ(detect(repeat("今日は良い天気です", 100000)).code, "ja");
  EXPECT_EQ(detect(repeat("1234567890 ", 2000) + english).code, "en");
}

TEST(Detector, CodesAreUniqueAndEndWithUndetermined) {
  const auto all = codes();
  EXPECT_EQ(std::set<std::string_view>(all.begin(), all.end()).size(), all.size());
  EXPECT_EQ(all.back(), kUndetermined);
}

RC_GTEST_PROP(Detector, AnswersAListedCodeForAnyText, ()) {
  const std::string text = arbitrary_text();
  const Detection detection = detect(text);
  const auto all = codes();
  RC_ASSERT(std::find(all.begin(), all.end(), detection.code) != all.end());
  RC_ASSERT(detection.confidence >= 0 && detection.confidence <= 1);
  RC_ASSERT(detection.code == kUndetermined || detection.confidence >= 0.5F);
}

RC_GTEST_PROP(Detector, LongTextsAreCutAtCharacters, ()) {
  const std::string text = repeat(arbitrary_text() + "語é", 1100);
  const auto all = codes();
  RC_ASSERT(std::find(all.begin(), all.end(), detect(text).code) != all.end());
}

RC_GTEST_PROP(Detector, SurroundingWhiteSpaceChangesNothing, (unsigned before, unsigned after)) {
  const std::string text = arbitrary_text();
  const std::string padded =
      std::string(before % 2000, ' ') + text + std::string(after % 2000, '\n');
  RC_ASSERT(detect(padded).code == detect(text).code);
  RC_ASSERT(detect(padded).confidence == detect(text).confidence);
}

RC_GTEST_PROP(Detector, CaseOfAsciiChangesNothing, ()) {
  std::string text =
      *rc::gen::container<std::string>(rc::gen::inRange('a', static_cast<char>('z' + 1)));
  std::string upper = text;
  for (char& c : upper) c = static_cast<char>(c - 32);
  RC_ASSERT(detect(text).code == detect(upper).code);
}

}  // namespace
}  // namespace dss::language
