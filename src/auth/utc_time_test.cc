#include "auth/utc_time.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace dss::auth {
namespace {

TEST(UtcTime, IsWrittenAndRead) {
  const auto time = parse_utc("2026-03-01T08:30:05Z");
  ASSERT_TRUE(time.has_value());
  EXPECT_EQ(utc_text(*time), "2026-03-01T08:30:05Z");
  EXPECT_EQ(utc_text(*parse_utc("2024-02-29")), "2024-02-29T00:00:00Z");
}

TEST(UtcTime, RefusesWhatIsNone) {
  for (const char* bad : {"", "2026", "2026-02-29", "2026-03-01T24:00:00Z", "2026-03-01T08:30:00",
                          "2026-03-01 08:30:00Z", "0001-01-01", "9999-01-01", "2026-3-1",
                          "2026-03-01T08:30:00+01:00"}) {
    EXPECT_FALSE(parse_utc(bad).has_value()) << bad;
  }
}

RC_GTEST_PROP(UtcTime, EverySecondSurvives, (std::uint32_t seconds)) {
  const base::SystemTime time{std::chrono::seconds(seconds)};
  RC_ASSERT(parse_utc(utc_text(time)).value() == time);
}

}  // namespace
}  // namespace dss::auth
