#include "app/keys/expiry.h"

#include <gtest/gtest.h>

#include <chrono>

namespace dss::app {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const base::SystemTime kNow{std::chrono::seconds(1'700'000'000)};

TEST(Expiry, IsADurationOrATime) {
  EXPECT_EQ(parse_expiry("90d", kNow), kNow + hours(24 * 90));
  EXPECT_EQ(parse_expiry("12h", kNow), kNow + hours(12));
  EXPECT_EQ(parse_expiry("0m", kNow), kNow);
  EXPECT_EQ(parse_expiry("1970-01-02", kNow), base::SystemTime(hours(24)));
  EXPECT_EQ(parse_expiry("1970-01-01T00:01:00Z", kNow), base::SystemTime(minutes(1)));
}

TEST(Expiry, RefusesWhatIsNeither) {
  for (const char* bad : {"", "d", "-1d", "1.5d", "90", "90w", "99999d", "soon", "2026-13-01"}) {
    EXPECT_FALSE(parse_expiry(bad, kNow).has_value()) << bad;
  }
}

}  // namespace
}  // namespace dss::app
