#include "base/standing_queue.h"

#include <gtest/gtest.h>

namespace dss::base {
namespace {

using std::chrono::milliseconds;
using namespace std::chrono_literals;

/// Looks every 10 ms; a look takes no time.
class StandingQueueTest : public ::testing::Test {
 protected:
  void see(bool is_long, int times = 1) {
    for (int i = 0; i < times; ++i) {
      now_ += 10ms;
      queue_.note(is_long, now_, now_);
    }
  }
  void pause(milliseconds pause) { now_ += pause; }

  StandingQueue queue_{100ms};
  SteadyTime now_{};
};

TEST_F(StandingQueueTest, ABurstThatPassesIsNone) {
  see(true, 10);
  see(false);
  see(true, 10);
  EXPECT_FALSE(queue_.stands());
}

TEST_F(StandingQueueTest, StandsAfterThePatience) {
  see(true, 10);
  EXPECT_FALSE(queue_.stands());
  see(true);
  EXPECT_TRUE(queue_.stands());
}

TEST_F(StandingQueueTest, EndsOnlyWhenItHasBeenShortForThePatience) {
  see(true, 11);
  see(false, 10);
  see(true);
  see(false, 10);
  EXPECT_TRUE(queue_.stands());
  see(false);
  EXPECT_FALSE(queue_.stands());
}

TEST_F(StandingQueueTest, WhatWasNotSeenDoesNotCount) {
  see(true);
  pause(10s);
  see(true, 10);
  EXPECT_FALSE(queue_.stands());
  see(true);
  EXPECT_TRUE(queue_.stands());
}

TEST_F(StandingQueueTest, IsForgottenWhenNobodyComes) {
  see(true, 11);
  ASSERT_TRUE(queue_.stands());
  pause(10s);
  see(true);
  EXPECT_FALSE(queue_.stands());
}

TEST_F(StandingQueueTest, ALookLongerThanThePatienceLeavesNoGap) {
  for (int i = 0; i < 2; ++i) {
    const SteadyTime began = now_;
    now_ += 300ms;
    queue_.note(true, began, now_);
  }
  EXPECT_TRUE(queue_.stands());
}

}  // namespace
}  // namespace dss::base
