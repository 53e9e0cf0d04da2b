#include "base/accept.h"

#include <gtest/gtest.h>

#include <string_view>

namespace dss::base {
namespace {

constexpr std::string_view kOffered[] = {"en", "fr"};

std::string_view language(std::string_view accept_language) {
  return kOffered[preferred_language(accept_language, kOffered)];
}

TEST(PreferredLanguage, IsTheOneOfTheGreatestWeight) {
  EXPECT_EQ(language("en;q=0.5, fr;q=0.9"), "fr");
  EXPECT_EQ(language("fr;q=0.5, en;q=0.9"), "en");
  EXPECT_EQ(language("fr;q=0.2, de, en;q=0.3"), "en");
  EXPECT_EQ(language("fr-CA, en;q=0.8"), "fr") << "a region counts as its language";
  EXPECT_EQ(language("FR"), "fr");
}

TEST(PreferredLanguage, OfThoseWantedAlikeIsTheOneNamedFirst) {
  EXPECT_EQ(language("fr, en"), "fr");
  EXPECT_EQ(language("en, fr"), "en");
  EXPECT_EQ(language("en;q=0.8, fr;q=0.8"), "en");
}

TEST(PreferredLanguage, AStarIsWhatIsNotNamed) {
  EXPECT_EQ(language("*"), "en");
  EXPECT_EQ(language("fr;q=0.3, *;q=0.5"), "en");
  EXPECT_EQ(language("en;q=0, *"), "fr");
  EXPECT_EQ(language("*, en;q=0.1"), "fr");
}

TEST(PreferredLanguage, NobodysWishIsTheFirst) {
  for (const char* header : {"", "de", "fr;q=0", "fr;q=2", "fr;q=x", ",;,", "fr;q="}) {
    EXPECT_EQ(language(header), "en") << header;
  }
}

TEST(MediaWish, TheMostSpecificRangeDecides) {
  const auto q = [](std::string_view accept) { return media_wish(accept, "text", "markdown").q; };
  EXPECT_EQ(q("text/markdown;q=0.4, */*"), 0.4);
  EXPECT_EQ(q("text/*;q=0.6, */*;q=0.9"), 0.6);
  EXPECT_EQ(q("*/*;q=0.2"), 0.2);
  EXPECT_EQ(q("TEXT/Markdown ; q=0.7"), 0.7);
  EXPECT_EQ(q("application/json"), 0);
  EXPECT_EQ(media_wish("text/markdown", "text", "markdown").specificity, 3);
}

}  // namespace
}  // namespace dss::base
