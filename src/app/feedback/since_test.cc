#include "app/feedback/since.h"

#include <gtest/gtest.h>

namespace dss::app {
namespace {

TEST(Since, ReadsDatesAndTimes) {
  const std::pair<const char*, const char*> cases[] = {
      {"2026-03-01", "2026-03-01T00:00:00.000000+00:00"},
      {"2024-02-29T23:59", "2024-02-29T23:59:00.000000+00:00"},
      {"2026-03-01T08:30:15", "2026-03-01T08:30:15.000000+00:00"},
      {"2026-03-01T08:30:15Z", "2026-03-01T08:30:15.000000+00:00"},
  };
  for (const auto& [text, expected] : cases) {
    const auto time = parse_since(text);
    ASSERT_TRUE(time) << text;
    EXPECT_EQ(base::iso8601(*time), expected);
  }
}

TEST(Since, RefusesWhatIsNoTime) {
  for (const char* text : {"", "yesterday", "2026-02-30", "2026-3-1", "2026-03-01T25:00",
                           "2026-03-01T08:30:15+01:00", "01.03.2026", "9999-01-01"}) {
    EXPECT_FALSE(parse_since(text)) << text;
  }
}

}  // namespace
}  // namespace dss::app
