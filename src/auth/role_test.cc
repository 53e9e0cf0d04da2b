#include "auth/role.h"

#include <gtest/gtest.h>

namespace dss::auth {
namespace {

TEST(Roles, AllowWhatTheyNameAndAdminAllowsAll) {
  const Roles scoring{Role::kScore};
  EXPECT_TRUE(scoring.allow(Role::kScore));
  EXPECT_FALSE(scoring.allow(Role::kFeedback));
  EXPECT_FALSE(scoring.allow(Role::kMetrics));
  EXPECT_FALSE(scoring.allow(Role::kAdmin));
  const Roles admin{Role::kAdmin};
  for (const Role role : {Role::kScore, Role::kFeedback, Role::kMetrics, Role::kAdmin}) {
    EXPECT_TRUE(admin.allow(role));
    EXPECT_FALSE(Roles().allow(role));
  }
}

TEST(Roles, AreReadAndWrittenByName) {
  EXPECT_EQ(parse_roles("score"), Roles{Role::kScore});
  EXPECT_EQ(parse_roles("metrics,score"), (Roles{Role::kScore, Role::kMetrics}));
  EXPECT_EQ(to_string(*parse_roles("admin,metrics,feedback,score")),
            "score,feedback,metrics,admin");
  for (const char* bad : {"", "root", "score,", ",score", "Score", "score, metrics"}) {
    EXPECT_FALSE(parse_roles(bad).has_value()) << bad;
  }
}

}  // namespace
}  // namespace dss::auth
