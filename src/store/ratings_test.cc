#include "store/ratings.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace dss::store {
namespace {

TEST(Ratings, AreOneObject) {
  const Rating ratings[] = {{"toxic", 0.9}, {"SEVERE_TOXICITY", 1}};
  EXPECT_EQ(ratings_json(ratings), R"({"toxic":0.9,"SEVERE_TOXICITY":1.0})");
  EXPECT_EQ(ratings_json({}), "{}");
}

RC_GTEST_PROP(Ratings, ComeBackAsTheyWere, (const std::vector<std::uint16_t>& values)) {
  std::vector<Rating> ratings;
  for (const std::uint16_t value : values) {
    ratings.push_back({"label \"" + std::to_string(ratings.size()), value / 65535.0});
  }
  const auto back = parse_ratings(ratings_json(ratings));
  RC_ASSERT(back.has_value());
  RC_ASSERT(*back == ratings);
}

TEST(Ratings, DamagedOnesAreTold) {
  for (const char* json : {"", "[]", "1", "{\"toxic\":\"high\"}", "{\"toxic\":0.5"}) {
    const auto ratings = parse_ratings(json);
    ASSERT_FALSE(ratings) << json;
    EXPECT_EQ(ratings.error().kind, base::ErrorKind::kCorrupt);
  }
}

}  // namespace
}  // namespace dss::store
