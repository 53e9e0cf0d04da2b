#include "auth/key_ring.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace dss::auth {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

const base::SystemTime kStart{};

NewKey new_key() { return *make_key({.name = "x", .roles = {Role::kScore}, .created = kStart}); }

/// A store that can be changed and broken.
struct Source {
  std::mutex mutex;
  std::vector<Key> keys;
  bool broken = false;
  base::ManualClock clock;
  std::atomic<int> reports{0};

  void change(const std::function<void()>& edit) {
    const std::lock_guard lock(mutex);
    edit();
  }
  std::unique_ptr<KeyRing> open(milliseconds every = hours(1)) {
    auto ring = KeyRing::open({.read = [this]() -> base::Result<std::vector<Key>> {
                                 const std::lock_guard lock(mutex);
                                 if (broken)
                                   return base::fail(base::ErrorKind::kUnavailable, "gone");
                                 return keys;
                               },
                               .every = every,
                               .clock = &clock,
                               .observe = [this](const base::Status&, std::size_t) { ++reports; }});
    return ring ? std::move(*ring) : nullptr;
  }
};

template <typename Condition>
bool soon(Condition condition) {
  for (int i = 0; i < 500; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(milliseconds(10));
  }
  return false;
}

TEST(KeyRing, KnowsItsKeysAndNoOthers) {
  Source source;
  const NewKey made = new_key();
  source.keys = {new_key().key, made.key, new_key().key};
  const auto ring = source.open();
  const auto principal = ring->find(made.secret);
  ASSERT_TRUE(principal.has_value());
  EXPECT_EQ(principal->roles, Roles{Role::kScore});
  EXPECT_EQ(principal->account, account_of(made.key.id));
  std::string wrong = made.secret;
  for (std::size_t i = 0; i < wrong.size(); ++i) {
    wrong[i] = static_cast<char>(wrong[i] ^ 1);
    EXPECT_FALSE(ring->find(wrong).has_value()) << i;
    wrong[i] = made.secret[i];
  }
  EXPECT_FALSE(ring->find("").has_value());
  EXPECT_FALSE(ring->find(made.key.id).has_value());
  EXPECT_FALSE(ring->find(made.secret + "0").has_value());
  EXPECT_FALSE(ring->find(crypto::hex_of(made.key.digest)).has_value()) << "the hash is no key";
}

TEST(KeyRing, AKeyExpiresWithoutTheStore) {
  Source source;
  NewKey made = new_key();
  made.key.expires = kStart + hours(1);
  source.keys = {made.key};
  const auto ring = source.open();
  EXPECT_TRUE(ring->find(made.secret).has_value());
  source.clock.advance(hours(1));
  EXPECT_FALSE(ring->find(made.secret).has_value());
}

TEST(KeyRing, NoticesARevocation) {
  Source source;
  const NewKey made = new_key();
  source.keys = {made.key};
  const auto ring = source.open(milliseconds(5));
  ASSERT_TRUE(ring->find(made.secret).has_value());
  source.change([&] { source.keys[0].revoked = kStart; });
  EXPECT_TRUE(soon([&] { return !ring->find(made.secret).has_value(); }));
}

TEST(KeyRing, KeepsTheLastKeysWhileTheStoreIsGoneAndSaysSoOnce) {
  Source source;
  const NewKey made = new_key();
  source.keys = {made.key};
  const auto ring = source.open(milliseconds(5));
  EXPECT_EQ(source.reports, 1);
  source.change([&] { source.broken = true; });
  EXPECT_TRUE(soon([&] { return source.reports == 2; }));
  std::this_thread::sleep_for(milliseconds(50));
  EXPECT_EQ(source.reports, 2);
  EXPECT_TRUE(ring->find(made.secret).has_value());
  EXPECT_FALSE(ring->reload());
  source.change([&] { source.broken = false; });
  EXPECT_TRUE(soon([&] { return source.reports == 3; }));
}

TEST(KeyRing, DoesNotStartWithoutKeysToRead) {
  Source source;
  source.broken = true;
  EXPECT_EQ(source.open(), nullptr);
}

}  // namespace
}  // namespace dss::auth
