#include "auth/quota_table.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <thread>

namespace dss::auth {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

constexpr std::size_t kManyAccounts = 100'000;

base::SteadyTime at(double seconds) {
  return base::SteadyTime(nanoseconds(static_cast<std::int64_t>(seconds * 1e9)));
}

/// How many of `count` requests at that time are let pass.
int passed(QuotaTable* table, std::uint64_t account, base::SteadyTime now, int count) {
  int allowed = 0;
  for (int i = 0; i < count; ++i) allowed += table->take(account, now).allowed ? 1 : 0;
  return allowed;
}

TEST(QuotaTable, GivesTheBurstAndThenTheSteadyRate) {
  QuotaTable table({.requests = {.per_second = 2, .burst = 5}}, 10);
  EXPECT_EQ(passed(&table, 1, at(100), 20), 5);
  EXPECT_EQ(passed(&table, 1, at(100.4), 20), 0);
  EXPECT_EQ(passed(&table, 1, at(100.5), 20), 1);
  EXPECT_EQ(passed(&table, 1, at(102), 20), 3);
  EXPECT_EQ(passed(&table, 1, at(1000), 20), 5);
  EXPECT_EQ(passed(&table, 2, at(1000), 20), 5) << "another account has buckets of its own";
}

TEST(QuotaTable, SaysWhatIsLeftAndHowLongToWait) {
  QuotaTable table({.requests = {.per_second = 2, .burst = 3}}, 10);
  const auto first = table.take(7, at(1));
  EXPECT_EQ(first.remaining, 2U);
  EXPECT_NEAR(first.full_seconds, 0.5, 1e-6);
  EXPECT_EQ(table.take(7, at(1)).remaining, 1U);
  EXPECT_EQ(table.take(7, at(1)).remaining, 0U);
  const auto refused = table.take(7, at(1.1));
  EXPECT_FALSE(refused.allowed);
  EXPECT_NEAR(refused.wait_seconds, 0.4, 1e-6);
  EXPECT_NEAR(refused.full_seconds, 1.4, 1e-6);
  EXPECT_TRUE(table.take(7, at(1.1 + refused.wait_seconds + 1e-8)).allowed);
}

TEST(QuotaTable, CharactersAreOwedAndPaidBack) {
  QuotaTable table({.characters = {.per_second = 1000, .burst = 2000}}, 10);
  EXPECT_TRUE(table.take(1, at(1)).allowed);
  table.charge(1, 5000, at(1));
  const auto refused = table.take(1, at(1));
  EXPECT_FALSE(refused.allowed);
  EXPECT_NEAR(refused.wait_seconds, 3, 1e-3);
  EXPECT_FALSE(table.take(1, at(3.9)).allowed);
  EXPECT_TRUE(table.take(1, at(4.1)).allowed);
  table.charge(1, 1e18, at(5));
  EXPECT_LT(table.take(1, at(5)).wait_seconds, 601) << "debt is bounded";
}

RC_GTEST_PROP(QuotaTable, NeverLetsPassMoreThanBurstAndSteadyRateTogether,
              (std::vector<std::uint16_t> steps)) {
  const double rate = *rc::gen::element(0.5, 3.0, 1000.0);
  const double burst = *rc::gen::inRange(1, 50);
  QuotaTable table({.requests = {.per_second = rate, .burst = burst}}, 10);
  std::vector<double> allowed;
  double now = 10;
  for (const std::uint16_t step : steps) {
    now += step / 1000.0;
    for (int i = 0; i < 3; ++i) {
      if (table.take(1, at(now)).allowed) allowed.push_back(now);
    }
  }
  for (std::size_t first = 0; first < allowed.size(); ++first) {
    for (std::size_t last = first; last < allowed.size(); ++last) {
      const double most = burst + rate * (allowed[last] - allowed[first]);
      RC_ASSERT(static_cast<double>(last - first + 1) <= most + 1e-3);
    }
  }
}

RC_GTEST_PROP(QuotaTable, AClockThatTwoThreadsReadOutOfOrderGivesNothingAway,
              (std::vector<std::uint8_t> times)) {
  QuotaTable table({.requests = {.per_second = 10, .burst = 4}}, 10);
  int allowed = 0;
  std::uint8_t latest = 0;
  for (const std::uint8_t time : times) {
    allowed += table.take(1, at(10 + time / 100.0)).allowed ? 1 : 0;
    latest = std::max(latest, time);
  }
  RC_ASSERT(allowed <= 4 + 10 * latest / 100.0 + 1e-3);
}

/// What a sanitizer keeps beside each byte is none of the table's.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kMeasuresMemory = false;
#else
constexpr bool kMeasuresMemory = true;
#endif

std::size_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::size_t all = 0;
  std::size_t resident = 0;
  statm >> all >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

TEST(QuotaTable, AHundredThousandAccountsTakeLessThanTwentyMegabytes) {
  const std::size_t before = resident_bytes();
  QuotaTable table({.requests = {.per_second = 0.001, .burst = 1}}, kManyAccounts);
  for (std::uint64_t account = 1; account <= kManyAccounts; ++account) {
    EXPECT_TRUE(table.take(account, at(1)).allowed);
  }
  if (kMeasuresMemory) {
    EXPECT_LT(resident_bytes() - before, 20'000'000U);
  }
  EXPECT_LT(table.bytes(), 20'000'000U);
  std::size_t forgotten = 0;
  for (std::uint64_t account = 1; account <= kManyAccounts; ++account) {
    forgotten += table.take(account, at(1)).allowed ? 1 : 0;
  }
  EXPECT_LT(forgotten, kManyAccounts / 100) << "accounts whose place another one took";
}

TEST(QuotaTable, AFloodOfAccountsTakesTheIdleOnesFirst) {
  QuotaTable table({.requests = {.per_second = 1, .burst = 100}}, 8);
  EXPECT_EQ(passed(&table, 1, at(1), 100), 100);
  for (std::uint64_t other = 2; other < 5000; ++other) table.take(other, at(1));
  EXPECT_EQ(passed(&table, 1, at(1), 10), 0) << "its bucket is the emptiest of its set";
}

TEST(QuotaTable, ThreadsShareABucket) {
  QuotaTable table({.requests = {.per_second = 0.001, .burst = 1000}}, 10);
  std::array<int, 4> allowed{};
  std::vector<std::thread> threads;
  for (int& count : allowed) {
    threads.emplace_back([&] { count = passed(&table, 1, at(1), 1000); });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(allowed[0] + allowed[1] + allowed[2] + allowed[3], 1000);
}

}  // namespace
}  // namespace dss::auth
