#include "base/clock.h"

#include "gtest/gtest.h"

namespace dss::base {
namespace {

TEST(Iso8601, WritesUtcWithMicroseconds) {
  const SystemTime epoch{};
  EXPECT_EQ(iso8601(epoch), "1970-01-01T00:00:00.000000+00:00");
  EXPECT_EQ(iso8601(epoch + std::chrono::seconds(1772353800) + std::chrono::microseconds(123456)),
            "2026-03-01T08:30:00.123456+00:00");
}

TEST(Iso8601, CachedSecondDoesNotLeakIntoTheNext) {
  const SystemTime epoch{};
  (void)iso8601(epoch + std::chrono::milliseconds(59999));
  EXPECT_EQ(iso8601(epoch + std::chrono::milliseconds(60000)), "1970-01-01T00:01:00.000000+00:00");
}

TEST(ManualClock, MovesOnlyWhenTold) {
  ManualClock clock;
  const auto before = clock.steady();
  EXPECT_EQ(clock.steady(), before);
  clock.advance(std::chrono::milliseconds(250));
  EXPECT_DOUBLE_EQ(seconds_between(before, clock.steady()), 0.25);
}

}  // namespace
}  // namespace dss::base
