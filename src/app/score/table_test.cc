#include "app/score/table.h"

#include "api/deterministic_backend.h"
#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"

namespace dss::app {
namespace {

std::string table_of(std::string_view text, bool colour) {
  const auto outcome = api::deterministic_score(text, {}).value();
  return text_table(outcome, std::vector<float>(models::kCategoryCount, 0.4F), "simple", colour);
}

TEST(Table, ShowsScoreCategoriesFlagsAndLanguage) {
  EXPECT_EQ(table_of("p=0.8 [foreign] [leet]", false),
            "score  80   high   (confidence 0.800)\n"
            "\n"
            "  toxic          ████████████████····  0.800  flagged\n"
            "  severe_toxic   ████████············  0.400  flagged\n"
            "  obscene        ████················  0.200\n"
            "  threat         ██··················  0.100\n"
            "  insult         █···················  0.050\n"
            "  identity_hate  █···················  0.025\n"
            "\n"
            "language        fr (the model was not trained for it)\n"
            "de-obfuscated   disguised words were read as what they mean\n"
            "model           simple 1.2.3\n");
}

TEST(Table, ColoursOnlyWhenAsked) {
  EXPECT_EQ(table_of("p=0.9", false).find('\x1B'), std::string::npos);
  EXPECT_NE(table_of("p=0.9", true).find("\x1B[1;31m"), std::string::npos);
}

TEST(Shorten, KeepsOneLineAndCutsAtCodePoints) {
  EXPECT_EQ(shorten("a\nb\tc", 10), "a b c");
  EXPECT_EQ(shorten("éééé", 4), "éééé");
  EXPECT_EQ(shorten("ééééé", 4), "ééé…");
  EXPECT_EQ(shorten("\x1B]0;title\x07", 20), " ]0;title ");
}

RC_GTEST_PROP(Shorten, NeverPassesAControlCharacter, (const std::string& bytes)) {
  for (const char c : shorten(base::replace_invalid_utf8(bytes), 20))
    RC_ASSERT(static_cast<unsigned char>(c) >= 0x20);
}

}  // namespace
}  // namespace dss::app
