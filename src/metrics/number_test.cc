#include "metrics/number.h"

#include <charconv>
#include <cmath>
#include <limits>

#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"

namespace dss::metrics {
namespace {

TEST(FormatNumber, WritesWhatClientPythonWrites) {
  const std::pair<double, const char*> cases[] = {
      {0, "0.0"},
      {42, "42.0"},
      {0.005, "0.005"},
      {2450.5, "2450.5"},
      {1.245, "1.245"},
      {100, "100.0"},
      {999999, "999999.0"},
      {999999.5, "999999.5"},
      {1000000, "1e+06"},
      {45051904, "4.5051904e+07"},
      {1795332133.795403, "1.795332133795403e+09"},
      {0.6499999999999999, "0.6499999999999999"},
      {0.0001, "0.0001"},
      {0.00001, "1e-05"},
      {8.69e-05, "8.69e-05"},
      {-0.5, "-0.5"},
      {-1000000, "-1000000.0"},
      {-1e16, "-1e+16"},
      {-0.0, "-0.0"},
      {5e-324, "5e-324"},
      {1.7976931348623157e308, "1.7976931348623157e+308"},
  };
  for (const auto& [value, text] : cases) EXPECT_EQ(format_number(value), text);
}

TEST(FormatNumber, FollowsOpenMetricsFrom1e10On) {
  EXPECT_EQ(format_number(1e10), "1e+10");
  EXPECT_EQ(format_number(12345678901.0), "1.2345678901e+10");
  EXPECT_EQ(format_number(1e16), "1e+16");
}

TEST(FormatNumber, NamesWhatIsNoNumber) {
  EXPECT_EQ(format_number(std::numeric_limits<double>::infinity()), "+Inf");
  EXPECT_EQ(format_number(-std::numeric_limits<double>::infinity()), "-Inf");
  EXPECT_EQ(format_number(std::nan("")), "NaN");
  EXPECT_EQ(format_number(-std::nan("")), "NaN");
}

RC_GTEST_PROP(FormatNumber, ReadsBackAsTheSameNumber, (std::uint64_t bits)) {
  const auto value = std::bit_cast<double>(bits);
  RC_PRE(std::isfinite(value));
  const std::string text = format_number(value);
  double read = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), read);
  RC_ASSERT(result.ptr == text.data() + text.size());
  RC_ASSERT(read == value);
  RC_ASSERT(text.find_first_of(".e") != std::string::npos);
}

}  // namespace
}  // namespace dss::metrics
