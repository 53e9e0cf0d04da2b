#include "metrics/proc.h"

#include <cmath>

#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"

namespace dss::metrics {
namespace {

TEST(ParseStat, ReadsBehindTheLastParenthesis) {
  const auto status = parse_stat(
      "4242 (a (b) c) S 1 4242 4242 0 -1 4194560 900 0 0 0 250 150 0 0 20 0 3 0 123456 198926336 "
      "10999 18446744073709551615 1 1",
      100, 4096);
  ASSERT_TRUE(status.has_value());
  EXPECT_EQ(status->cpu_seconds, 4);
  EXPECT_EQ(status->start_ticks, 123456);
  EXPECT_EQ(status->virtual_bytes, 198926336);
  EXPECT_EQ(status->resident_bytes, 10999.0 * 4096);
}

TEST(ParseStat, RefusesWhatIsCutShort) {
  EXPECT_FALSE(parse_stat("", 100, 4096));
  EXPECT_FALSE(parse_stat("1 (a) S 1 2 3", 100, 4096));
  EXPECT_FALSE(parse_stat("1 (a) S 1 2 3 4 5 6 7 8 9 10 x y z 12 13 14 15 16 17 18 19", 100, 4096));
}

TEST(ParseBootTime, FindsItsLine) {
  EXPECT_EQ(parse_boot_time("cpu  1 2 3\nctxt 5\nbtime 1795332000\nprocesses 7\n"), 1795332000);
  EXPECT_FALSE(parse_boot_time("cpu 1 2 3\n"));
}

TEST(ParseMaxOpenFiles, TakesTheSoftLimit) {
  const std::string head = "Limit                     Soft Limit           Hard Limit   Units\n";
  EXPECT_EQ(parse_max_open_files(head + "Max open files            20000      1048576   files\n"),
            20000);
  EXPECT_TRUE(
      std::isinf(parse_max_open_files("Max open files  unlimited unlimited files\n").value()));
  EXPECT_FALSE(parse_max_open_files(head));
}

TEST(ParseCpuStat, NeedsTheController) {
  const auto throttling = parse_cpu_stat(
      "usage_usec 100\nuser_usec 50\nsystem_usec 50\nnr_periods 40\nnr_throttled 3\nthrottled_usec "
      "2500000\n");
  ASSERT_TRUE(throttling.has_value());
  EXPECT_EQ(throttling->periods, 40);
  EXPECT_EQ(throttling->throttled_periods, 3);
  EXPECT_EQ(throttling->throttled_seconds, 2.5);
  EXPECT_FALSE(parse_cpu_stat("usage_usec 100\nuser_usec 50\nsystem_usec 50\n"));
}

TEST(ParsePressure, ReadsTheTotalOfSome) {
  EXPECT_EQ(parse_pressure_seconds("some avg10=0.00 avg60=1.50 avg300=0.10 total=2500000\n"
                                   "full avg10=0.00 avg60=0.00 avg300=0.00 total=7\n"),
            2.5);
  EXPECT_FALSE(parse_pressure_seconds("full avg10=0.00 total=7\n"));
}

RC_GTEST_PROP(ProcFiles, AnyTextIsReadWithoutHarm, (const std::string& text)) {
  (void)parse_stat(text, 100, 4096);
  (void)parse_boot_time("btime " + text);
  (void)parse_max_open_files("Max open files" + text);
  (void)parse_cpu_stat(text);
  (void)parse_pressure_seconds("some total=" + text);
}

}  // namespace
}  // namespace dss::metrics
