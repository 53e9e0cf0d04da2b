#include "metrics/trace_metrics.h"

#include <gtest/gtest.h>

#include "metrics/metrics.h"

namespace dss::metrics {
namespace {

std::string exposed(const Metrics& metrics) {
  return metrics.expose("", "", "name[]=dss_trace_spans_total").body;
}

TEST(TraceMetrics, CountsSpansByResultFromZero) {
  const Metrics metrics({});
  metrics.traces().count(SpanResult::kSent, 8);
  metrics.traces().count(SpanResult::kDropped, 3);
  EXPECT_NE(exposed(metrics).find("{result=\"sent\"} 8.0"), std::string::npos);
  EXPECT_NE(exposed(metrics).find("{result=\"dropped\"} 3.0"), std::string::npos);
  EXPECT_NE(exposed(metrics).find("{result=\"failed\"} 0.0"), std::string::npos);
}

}  // namespace
}  // namespace dss::metrics
