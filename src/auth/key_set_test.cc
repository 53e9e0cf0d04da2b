#include "auth/key_set.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace dss::auth {
namespace {

using std::chrono::steady_clock;

const base::SystemTime kNow{std::chrono::seconds(1'700'000'000)};

std::vector<NewKey> make_keys(int count) {
  std::vector<NewKey> made;
  for (int i = 0; i < count; ++i) {
    made.push_back(*make_key({.name = "x", .roles = {Role::kScore}, .created = kNow}));
  }
  return made;
}

KeySet set_of(const std::vector<NewKey>& made) {
  std::vector<Key> keys;
  for (const NewKey& one : made) keys.push_back(one.key);
  return KeySet(keys);
}

TEST(KeySet, FindsEachOfItsKeysAndKnowsWhose) {
  auto made = make_keys(200);
  made[7].key.tenant = "cats";
  made[8].key.roles = {Role::kAdmin};
  const KeySet set = set_of(made);
  for (const NewKey& one : made) {
    const auto principal = set.find(one.secret, kNow);
    ASSERT_TRUE(principal.has_value());
    EXPECT_EQ(principal->account, account_of(one.key.id));
    EXPECT_EQ(principal->tenant, tenant_of(one.key.tenant));
    EXPECT_EQ(principal->roles, one.key.roles);
  }
  EXPECT_EQ(set.usable(kNow), 200U);
  EXPECT_FALSE(KeySet().find(made[0].secret, kNow).has_value());
}

TEST(KeySet, LeavesOutWhatHasEnded) {
  auto made = make_keys(3);
  made[0].key.revoked = kNow;
  made[1].key.expires = kNow + std::chrono::seconds(1);
  const KeySet set = set_of(made);
  EXPECT_FALSE(set.find(made[0].secret, kNow).has_value());
  EXPECT_TRUE(set.find(made[1].secret, kNow).has_value());
  EXPECT_FALSE(set.find(made[1].secret, kNow + std::chrono::seconds(1)).has_value());
  EXPECT_TRUE(
      set.find(made[2].secret, base::SystemTime::max() - std::chrono::hours(1)).has_value());
  EXPECT_EQ(set.usable(kNow), 2U);
}

TEST(KeySet, AnEnormousCredentialIsNoKey) {
  EXPECT_FALSE(set_of(make_keys(1)).find(std::string(1'000'000, 'x'), kNow).has_value());
}

/// Mean time, in nanoseconds, of looking up wrong keys of two kinds, asked in turn; of each key the
/// least of many, because other programs can only make it longer.
std::array<double, 2> mean_times(const KeySet& set,
                                 const std::array<std::vector<std::string>, 2>& wrong) {
  constexpr int kRounds = 100;
  const std::size_t count = wrong[0].size();
  std::array<std::vector<double>, 2> least;
  for (auto& one : least) one.assign(count, 1e9);
  for (std::size_t i = 0; i < 2 * kRounds * count; ++i) {
    const std::size_t kind = i % 2;
    const std::size_t place = i / 2 % count;
    const auto begun = steady_clock::now();
    EXPECT_FALSE(set.find(wrong[kind][place], kNow).has_value());
    const std::chrono::duration<double, std::nano> taken = steady_clock::now() - begun;
    least[kind][place] = std::min(least[kind][place], taken.count());
  }
  std::array<double, 2> mean{};
  for (std::size_t kind = 0; kind < 2; ++kind) {
    for (const double one : least[kind]) mean[kind] += one / static_cast<double>(count);
  }
  return mean;
}

// Many keys, because each one's digest falls into a slot of its own, empty or not.
TEST(KeySet, TimeDoesNotTellHowMuchOfAKeyIsRight) {
  const auto made = make_keys(1000);
  const KeySet set = set_of(made);
  std::array<std::vector<std::string>, 2> wrong;
  for (const NewKey& one : made) {
    for (auto& kind : wrong) kind.push_back(one.secret);
    wrong[0].back().front() ^= 1;
    wrong[1].back().back() ^= 1;
  }
  double least = 1;
  for (int attempt = 0; attempt < 5 && least > 0.03; ++attempt) {
    const auto [early, late] = mean_times(set, wrong);
    least = std::min(least, std::abs(early - late) / std::max(early, late));
  }
  EXPECT_LE(least, 0.03);
}

}  // namespace
}  // namespace dss::auth
