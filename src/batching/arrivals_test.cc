#include "batching/arrivals.h"

#include <gtest/gtest.h>

namespace dss::batching {
namespace {

using namespace std::chrono_literals;

TEST(Arrivals, TellTheMedianGapOnceEnoughAreKnown) {
  Arrivals arrivals;
  base::SteadyTime now{};
  arrivals.note(now, false);
  for (const auto gap : {10us, 900us, 30us}) arrivals.note(now += gap, true);
  EXPECT_FALSE(arrivals.expected_gap());
  arrivals.note(now += 20us, true);
  EXPECT_EQ(arrivals.expected_gap(), 30us);
  EXPECT_EQ(arrivals.last(), now);
}

TEST(Arrivals, OldGapsAreForgotten) {
  Arrivals arrivals;
  base::SteadyTime now{};
  for (int i = 0; i < 100; ++i) arrivals.note(now += 500us, true);
  for (int i = 0; i < 8; ++i) arrivals.note(now += 10us, true);
  EXPECT_EQ(arrivals.expected_gap(), 10us);
}

TEST(Arrivals, WithoutOverlapNothingIsExpected) {
  Arrivals arrivals;
  base::SteadyTime now{};
  for (int i = 0; i < 20; ++i) arrivals.note(now += 10us, false);
  EXPECT_FALSE(arrivals.expected_gap());
}

TEST(Arrivals, ASilenceForgetsEverything) {
  Arrivals arrivals;
  base::SteadyTime now{};
  for (int i = 0; i < 20; ++i) arrivals.note(now += 10us, true);
  EXPECT_TRUE(arrivals.expected_gap());
  arrivals.note(now += 51ms, true);
  EXPECT_FALSE(arrivals.expected_gap());
}

}  // namespace
}  // namespace dss::batching
