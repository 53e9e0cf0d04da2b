#include "log/rarely.h"

#include <gtest/gtest.h>

#include "base/clock.h"

namespace dss::log {
namespace {

TEST(Rarely, IsDueAtOnceAndThenAfterEachPause) {
  base::ManualClock clock;
  Rarely rarely(&clock, std::chrono::minutes(1));
  EXPECT_TRUE(rarely.due());
  EXPECT_FALSE(rarely.due());
  clock.advance(std::chrono::seconds(59));
  EXPECT_FALSE(rarely.due());
  clock.advance(std::chrono::seconds(1));
  EXPECT_TRUE(rarely.due());
  EXPECT_FALSE(rarely.due());
}

}  // namespace
}  // namespace dss::log
