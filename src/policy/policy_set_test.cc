#include "policy/policy_set.h"

#include <gtest/gtest.h>

namespace dss::policy {
namespace {

Policy policy(const std::string& id, std::vector<std::string> communities = {}) {
  Policy made;
  made.id = id;
  made.communities = std::move(communities);
  return made;
}

std::string id_of(const PolicySet::Pointer& found) { return found == nullptr ? "none" : found->id; }

TEST(PolicySet, FindsByCommunityThenByIdThenTheDefault) {
  PolicySet set;
  ASSERT_TRUE(set.add(policy("strict", {"kids", "school"})));
  ASSERT_TRUE(set.add(policy("games")));
  EXPECT_EQ(id_of(set.for_community("kids")), "strict");
  EXPECT_EQ(id_of(set.for_community("games")), "games");
  EXPECT_EQ(id_of(set.for_community("elsewhere")), "none");
  EXPECT_EQ(id_of(set.named("kids")), "none") << "a community is no policy's name";
  ASSERT_TRUE(set.add(policy("default")));
  EXPECT_EQ(id_of(set.for_community("elsewhere")), "default");
  EXPECT_EQ(id_of(set.for_community("")), "default");
  EXPECT_EQ(set.size(), 3U);
}

TEST(PolicySet, RefusesWhatIsTaken) {
  PolicySet set;
  ASSERT_TRUE(set.add(policy("a", {"kids"})));
  EXPECT_FALSE(set.add(policy("a")));
  const base::Status twice = set.add(policy("b", {"more", "kids"}));
  ASSERT_FALSE(twice);
  EXPECT_NE(twice.error().message.find("'kids'"), std::string::npos);
  EXPECT_EQ(id_of(set.for_community("more")), "none") << "nothing of it was taken";
}

}  // namespace
}  // namespace dss::policy
