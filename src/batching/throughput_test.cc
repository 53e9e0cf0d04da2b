#include "batching/throughput.h"

#include <gtest/gtest.h>

namespace dss::batching {
namespace {

using namespace std::chrono_literals;

TEST(Throughput, IsUnknownUntilABatchHasEnded) {
  Throughput throughput(2);
  throughput.began(1, 100, base::SteadyTime{});
  EXPECT_EQ(throughput.tokens_per_second(), 0);
  EXPECT_EQ(throughput.running_tokens(base::SteadyTime{} + 1s), 100);
  EXPECT_EQ(throughput.busy(), 1U);
}

TEST(Throughput, CountsAllWorkersAndFollowsWhatChanges) {
  Throughput throughput(2);
  base::SteadyTime now{};
  const auto batch = [&](std::chrono::milliseconds time) {
    throughput.began(0, 100, now);
    throughput.ended(0, now += time);
  };
  batch(100ms);
  EXPECT_DOUBLE_EQ(throughput.tokens_per_second(), 2000);
  for (int i = 0; i < 100; ++i) batch(200ms);
  EXPECT_NEAR(throughput.tokens_per_second(), 1000, 1);
  throughput.began(1, 100, now);
  EXPECT_NEAR(throughput.running_tokens(now + 100ms), 50, 0.1);
  EXPECT_EQ(throughput.running_tokens(now + 300ms), 0);
}

}  // namespace
}  // namespace dss::batching
