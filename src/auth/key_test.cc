#include "auth/key.h"

#include <gtest/gtest.h>

#include <set>

namespace dss::auth {
namespace {

const base::SystemTime kNow{std::chrono::seconds(1'700'000'000)};

KeyOrder order() { return {.name = "forum", .roles = {Role::kScore}, .created = kNow}; }

TEST(Key, TheSecretBeginsWithTheIdAndOnlyItsDigestIsKept) {
  const auto made = make_key(order());
  ASSERT_TRUE(made.has_value());
  EXPECT_TRUE(is_key_id(made->key.id));
  EXPECT_TRUE(made->secret.starts_with(made->key.id + "_"));
  EXPECT_EQ(made->secret.size(), 4 + 8 + 1 + 40U);
  EXPECT_EQ(made->key.digest, crypto::sha256_digest(made->secret));
}

TEST(Key, NoTwoAreAlike) {
  std::set<std::string> secrets;
  for (int i = 0; i < 1000; ++i) secrets.insert(make_key(order())->secret);
  EXPECT_EQ(secrets.size(), 1000U);
}

TEST(Key, EndsAtItsExpiryOrRevocation) {
  Key key = make_key(order())->key;
  EXPECT_TRUE(key.usable(base::SystemTime::max()));
  key.expires = kNow;
  EXPECT_FALSE(key.usable(kNow));
  EXPECT_TRUE(key.usable(kNow - std::chrono::seconds(1)));
  key.revoked = kNow - std::chrono::seconds(1);
  EXPECT_FALSE(key.usable(kNow - std::chrono::seconds(1)));
}

TEST(Key, RefusesWhatCannotBeKept) {
  const auto refused = [](auto change) {
    KeyOrder wrong = order();
    change(wrong);
    return !make_key(wrong).has_value();
  };
  EXPECT_TRUE(refused([](KeyOrder& o) { o.name = ""; }));
  EXPECT_TRUE(refused([](KeyOrder& o) { o.name = "two\nlines"; }));
  EXPECT_TRUE(refused([](KeyOrder& o) { o.name = " x"; }));
  EXPECT_TRUE(refused([](KeyOrder& o) { o.name = std::string(101, 'x'); }));
  EXPECT_TRUE(refused([](KeyOrder& o) { o.tenant = "two words"; }));
  EXPECT_TRUE(refused([](KeyOrder& o) { o.roles = {}; }));
  EXPECT_TRUE(refused([](KeyOrder& o) { o.expires = kNow; }));
}

}  // namespace
}  // namespace dss::auth
