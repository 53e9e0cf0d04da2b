#include "base/standing_delay.h"

#include <gtest/gtest.h>

namespace dss::base {
namespace {

using std::chrono::milliseconds;
using namespace std::chrono_literals;

/// Measures every 10 ms; the measurements take no time.
class StandingDelayTest : public ::testing::Test {
 protected:
  void measure(milliseconds delay, int times = 1) {
    for (int i = 0; i < times; ++i) {
      now_ += 10ms;
      standing_.note(delay, now_, now_);
    }
  }
  void pause(milliseconds pause) { now_ += pause; }

  StandingDelay standing_{5ms, 100ms};
  SteadyTime now_{};
};

TEST_F(StandingDelayTest, ABurstThatPassesIsNone) {
  measure(80ms, 9);
  measure(4ms);
  measure(80ms, 9);
  EXPECT_FALSE(standing_.stands());
}

TEST_F(StandingDelayTest, StandsAfterThePatience) {
  measure(6ms, 10);
  EXPECT_FALSE(standing_.stands());
  measure(6ms);
  EXPECT_TRUE(standing_.stands());
}

TEST_F(StandingDelayTest, ExactlyTheMostIsAllowed) {
  measure(5ms, 100);
  EXPECT_FALSE(standing_.stands());
}

TEST_F(StandingDelayTest, EndsOnlyWhenItHasBeenLowForThePatience) {
  measure(6ms, 11);
  measure(1ms, 9);
  measure(6ms);
  measure(1ms, 10);
  EXPECT_TRUE(standing_.stands());
  measure(1ms);
  EXPECT_FALSE(standing_.stands());
}

TEST_F(StandingDelayTest, WhatWasNotMeasuredDoesNotCount) {
  measure(80ms);
  pause(10s);
  measure(80ms, 10);
  EXPECT_FALSE(standing_.stands());
  measure(80ms);
  EXPECT_TRUE(standing_.stands());
}

TEST_F(StandingDelayTest, IsForgottenWhenNobodyComes) {
  measure(80ms, 11);
  ASSERT_TRUE(standing_.stands());
  pause(10s);
  measure(80ms);
  EXPECT_FALSE(standing_.stands());
}

TEST_F(StandingDelayTest, AMeasurementLongerThanThePatienceLeavesNoGap) {
  for (int i = 0; i < 2; ++i) {
    const SteadyTime began = now_;
    now_ += 300ms;
    standing_.note(300ms, began, now_);
  }
  EXPECT_TRUE(standing_.stands());
}

}  // namespace
}  // namespace dss::base
