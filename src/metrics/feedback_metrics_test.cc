#include "metrics/feedback_metrics.h"

#include <gtest/gtest.h>

#include "metrics/metrics.h"

namespace dss::metrics {
namespace {

std::string exposed(const Metrics& metrics) {
  return metrics.expose("", "", "name[]=dss_feedback_total").body;
}

TEST(FeedbackMetrics, EveryResultStandsAtZeroFromTheStart) {
  const Metrics metrics({});
  for (const char* result : {"kept", "dropped", "failed", "not_configured", "not_wanted"}) {
    EXPECT_NE(exposed(metrics).find(std::string("{result=\"") + result + "\"} 0.0"),
              std::string::npos)
        << result;
  }
}

TEST(FeedbackMetrics, CountsEntriesByResult) {
  const Metrics metrics({});
  metrics.feedback().count(FeedbackResult::kKept, 3);
  metrics.feedback().count(FeedbackResult::kNotConfigured);
  EXPECT_NE(exposed(metrics).find("{result=\"kept\"} 3.0"), std::string::npos);
  EXPECT_NE(exposed(metrics).find("{result=\"not_configured\"} 1.0"), std::string::npos);
  EXPECT_NE(exposed(metrics).find("{result=\"failed\"} 0.0"), std::string::npos);
}

}  // namespace
}  // namespace dss::metrics
