#include "metrics/render.h"

#include <array>

#include "gtest/gtest.h"
#include "metrics/escape.h"

namespace dss::metrics {
namespace {

using enum Type;

constexpr auto kBounds = std::to_array<double>({0.5, 1});

/// One family of each type, with labels on both sides of `le`.
struct Sample {
  LabelText none;
  LabelText labels = label_text(std::array<std::string_view, 2>{"handler", "method"},
                                std::array<std::string_view, 2>{"/a", "GET"});
  std::vector<FamilySnapshot> families = {
      {{"http_requests_total", kCounter, "handler,method", "Requests. "},
       {{.labels = &labels, .value = 42, .created_seconds = 1795332133.795403}}},
      {{"open", kGauge, "", "Says \"open\",\nback\\slash."}, {{.labels = &none, .value = -1}}},
      {{"wait_seconds", kHistogram, "handler,method", "Wait.", kBounds, true},
       {{.labels = &labels,
         .count = 6,
         .sum = 3.5,
         .buckets = {3, 2, 1},
         .exemplars = {{}, {{0xAB, 0, 1}, 0.75, 1795332133.7954}, {}},
         .created_seconds = 1}}},
      {{"size_bytes", kSummary, "", "Size."},
       {{.labels = &none, .count = 2, .sum = 1e6, .created_seconds = 2}}},
      {{"nothing_total", kCounter, "", "No series yet."}, {}},
  };
};

TEST(Render, Text004IsAsClientPythonWritesIt) {
  EXPECT_EQ(render(Sample().families, {}), R"(# HELP http_requests_total Requests. 
# TYPE http_requests_total counter
http_requests_total{handler="/a",method="GET"} 42.0
# HELP open Says "open",\nback\\slash.
# TYPE open gauge
open -1.0
# HELP wait_seconds Wait.
# TYPE wait_seconds histogram
wait_seconds_bucket{handler="/a",le="0.5",method="GET"} 3.0
wait_seconds_bucket{handler="/a",le="1.0",method="GET"} 5.0
wait_seconds_bucket{handler="/a",le="+Inf",method="GET"} 6.0
wait_seconds_count{handler="/a",method="GET"} 6.0
wait_seconds_sum{handler="/a",method="GET"} 3.5
# HELP size_bytes Size.
# TYPE size_bytes summary
size_bytes_count 2.0
size_bytes_sum 1e+06
# HELP nothing_total No series yet.
# TYPE nothing_total counter
)");
}

TEST(Render, OpenMetricsHasUnitsExemplarsAndAnEnd) {
  EXPECT_EQ(render(Sample().families, {.format = Format::kOpenMetrics100}),
            R"(# TYPE http_requests counter
# HELP http_requests Requests. 
http_requests_total{handler="/a",method="GET"} 42.0
# TYPE open gauge
# HELP open Says \"open\",\nback\\slash.
open -1.0
# TYPE wait_seconds histogram
# UNIT wait_seconds seconds
# HELP wait_seconds Wait.
wait_seconds_bucket{handler="/a",le="0.5",method="GET"} 3.0
wait_seconds_bucket{handler="/a",le="1.0",method="GET"} 5.0 # {trace_id="ab000100000000000000000000000000"} 0.75 1795332133.795
wait_seconds_bucket{handler="/a",le="+Inf",method="GET"} 6.0
wait_seconds_count{handler="/a",method="GET"} 6.0
wait_seconds_sum{handler="/a",method="GET"} 3.5
# TYPE size_bytes summary
# UNIT size_bytes bytes
# HELP size_bytes Size.
size_bytes_count 2.0
size_bytes_sum 1e+06
# TYPE nothing counter
# HELP nothing No series yet.
# EOF
)");
}

TEST(Render, CreatedIsAFamilyOfItsOwnInText004) {
  const std::string text = render(Sample().families, {.created = true});
  EXPECT_NE(text.find(R"(http_requests_total{handler="/a",method="GET"} 42.0
# HELP http_requests_created Requests. 
# TYPE http_requests_created gauge
http_requests_created{handler="/a",method="GET"} 1.795332133795403e+09
# HELP open )"),
            std::string::npos);
  EXPECT_EQ(text.find("nothing_created"), std::string::npos);
  EXPECT_EQ(text.find("open_created"), std::string::npos);
}

TEST(Render, CreatedIsASampleOfTheFamilyInOpenMetrics) {
  const std::string text =
      render(Sample().families, {.format = Format::kOpenMetrics100, .created = true});
  EXPECT_NE(text.find("size_bytes_sum 1e+06\nsize_bytes_created 2.0\n"), std::string::npos);
  EXPECT_EQ(text.find("# TYPE size_bytes_created"), std::string::npos);
}

}  // namespace
}  // namespace dss::metrics
