#include "metrics/active_clients.h"

#include <thread>
#include <vector>

#include "base/rng.h"
#include "gtest/gtest.h"

namespace dss::metrics {
namespace {

std::vector<std::uint64_t> hashes(std::size_t count) {
  base::Rng rng(42);
  std::vector<std::uint64_t> out(count);
  for (auto& hash : out) hash = rng.next();
  return out;
}

TEST(ActiveClients, CountsEachClientOnce) {
  base::ManualClock clock;
  ActiveClients clients(&clock);
  EXPECT_EQ(clients.count(), 0U);
  for (int round = 0; round < 3; ++round) {
    for (const auto hash : hashes(1000)) clients.seen(hash);
    clock.advance(std::chrono::seconds(20));
  }
  EXPECT_EQ(clients.count(), 1000U);
}

TEST(ActiveClients, ForgetsAfterFiveMinutes) {
  base::ManualClock clock;
  ActiveClients clients(&clock);
  clients.seen(1ULL << 40);
  clock.advance(std::chrono::minutes(4));
  clients.seen(2ULL << 40);
  EXPECT_EQ(clients.count(), 2U);
  clock.advance(std::chrono::seconds(76));
  EXPECT_EQ(clients.count(), 1U);
  clock.advance(std::chrono::minutes(5));
  EXPECT_EQ(clients.count(), 0U);
}

TEST(ActiveClients, IsALowerBoundWhenFull) {
  base::ManualClock clock;
  ActiveClients clients(&clock);
  for (const auto hash : hashes(8000)) clients.seen(hash);
  EXPECT_GE(clients.count(), 7950U);
  EXPECT_LE(clients.count(), 8000U);
  for (const auto hash : hashes(200000)) clients.seen(hash);
  EXPECT_EQ(clients.count(), 32768U);
}

TEST(ActiveClients, MakesRoomWhereOthersHaveGone) {
  base::ManualClock clock;
  ActiveClients clients(&clock);
  for (const auto hash : hashes(200000)) clients.seen(hash);
  clock.advance(std::chrono::minutes(6));
  clients.seen(5ULL << 40);
  EXPECT_EQ(clients.count(), 1U);
}

TEST(ActiveClients, ThreadsSeeingTheSameClientsCountThemOnce) {
  base::ManualClock clock;
  ActiveClients clients(&clock);
  const auto all = hashes(2000);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (const auto hash : all) clients.seen(hash);
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(clients.count(), 2000U);
}

}  // namespace
}  // namespace dss::metrics
