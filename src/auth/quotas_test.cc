#include "auth/quotas.h"

#include <gtest/gtest.h>

namespace dss::auth {
namespace {

using std::chrono::seconds;

TEST(Quotas, WhichAreNotSetLetEverythingPass) {
  const base::ManualClock clock;
  Quotas quotas({.clock = &clock});
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(quotas.take(1, 2).allowed);
  EXPECT_EQ(quotas.take(1, 2).rate, nullptr);
  for (int i = 0; i < 1000; ++i) EXPECT_FALSE(quotas.fail(2).has_value());
}

TEST(Quotas, BothTheKeysAndTheNetworksApplyAndTheTighterOneIsTold) {
  base::ManualClock clock;
  Quotas quotas({.key = {.requests = {.per_second = 1, .burst = 3}},
                 .address = {.requests = {.per_second = 1, .burst = 5}},
                 .clock = &clock});
  EXPECT_EQ(quotas.take(1, 9).remaining, 2U);
  EXPECT_TRUE(quotas.take(1, 9).of_key);
  EXPECT_EQ(quotas.take(2, 9).remaining, 2U) << "another key, the same network";
  const auto fourth = quotas.take(3, 9);
  EXPECT_EQ(fourth.remaining, 1U);
  EXPECT_FALSE(fourth.of_key);
  EXPECT_TRUE(quotas.take(3, 9).allowed);
  const auto sixth = quotas.take(4, 9);
  EXPECT_FALSE(sixth.allowed);
  EXPECT_FALSE(sixth.of_key);
  EXPECT_TRUE(quotas.take(1, 8).allowed) << "the third of the key, from elsewhere";
  const auto refused = quotas.take(1, 7);
  EXPECT_FALSE(refused.allowed);
  EXPECT_TRUE(refused.of_key);
  clock.advance(seconds(1));
  EXPECT_TRUE(quotas.take(1, 7).allowed);
}

TEST(Quotas, CharactersCountForBoth) {
  base::ManualClock clock;
  Quotas quotas({.key = {.characters = {.per_second = 10, .burst = 100}},
                 .address = {.characters = {.per_second = 10, .burst = 1000}},
                 .clock = &clock});
  quotas.charge(1, 9, 100);
  EXPECT_FALSE(quotas.take(1, 8).allowed);
  EXPECT_TRUE(quotas.take(2, 9).allowed);
  quotas.charge(2, 9, 900);
  EXPECT_FALSE(quotas.take(3, 9).allowed);
}

TEST(Quotas, FailuresAreCountedByNetwork) {
  base::ManualClock clock;
  Quotas quotas({.failures = {.per_second = 1, .burst = 2}, .clock = &clock});
  EXPECT_FALSE(quotas.fail(9).has_value());
  EXPECT_FALSE(quotas.fail(9).has_value());
  EXPECT_TRUE(quotas.fail(9).has_value());
  EXPECT_FALSE(quotas.fail(8).has_value());
  EXPECT_TRUE(quotas.take(0, 9).allowed);
}

}  // namespace
}  // namespace dss::auth
