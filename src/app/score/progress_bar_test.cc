#include "app/score/progress_bar.h"

#include "gtest/gtest.h"

namespace dss::app {
namespace {

TEST(ProgressLine, TellsShareRateAndTimeLeft) {
  EXPECT_EQ(
      progress_line({.rows = 12345, .bytes = 1'000'000, .total_bytes = 4'000'000, .seconds = 10}),
      " 25 % [█████···············]  1.0 MB of 4.0 MB  12,345 rows  1,234 rows/s  0:30 left");
}

TEST(ProgressLine, APipeHasNoShareAndNoTimeLeft) {
  EXPECT_EQ(progress_line({.rows = 7, .bytes = 2'500'000, .total_bytes = {}, .seconds = 2}),
            "2.5 MB  7 rows  3 rows/s");
}

TEST(ProgressLine, LongTimesShowHours) {
  const std::string line =
      progress_line({.rows = 1, .bytes = 1, .total_bytes = 101, .seconds = 40});
  EXPECT_TRUE(line.ends_with("1:06:40 left")) << line;
}

TEST(ProgressLine, AFileThatGrewIsNeverOverAHundredPercent) {
  const std::string line = progress_line({.rows = 1, .bytes = 9, .total_bytes = 3, .seconds = 1});
  EXPECT_TRUE(line.starts_with("100 % [████████████████████]")) << line;
  EXPECT_TRUE(line.ends_with("0:00 left"));
}

TEST(Thousands, AreSeparated) {
  EXPECT_EQ(with_thousands(0), "0");
  EXPECT_EQ(with_thousands(999), "999");
  EXPECT_EQ(with_thousands(1000), "1,000");
  EXPECT_EQ(with_thousands(1234567), "1,234,567");
}

}  // namespace
}  // namespace dss::app
