#include "metrics/personal_metrics.h"

#include <gtest/gtest.h>

#include "metrics/metrics.h"

namespace dss::metrics {
namespace {

std::string exposed(const Metrics& metrics) {
  return metrics.expose("", "", "name[]=dss_personal_entities_total").body;
}

TEST(PersonalMetrics, EveryKindStandsAtZeroFromTheStart) {
  const Metrics metrics({});
  for (const std::string_view kind : PersonalMetrics::kKinds) {
    EXPECT_NE(exposed(metrics).find("{kind=\"" + std::string(kind) + "\"} 0.0"), std::string::npos)
        << kind;
  }
}

TEST(PersonalMetrics, CountsByKind) {
  const Metrics metrics({});
  metrics.personal().found(0);
  metrics.personal().found(0);
  metrics.personal().found(9);
  EXPECT_NE(exposed(metrics).find("{kind=\"email\"} 2.0"), std::string::npos);
  EXPECT_NE(exposed(metrics).find("{kind=\"person\"} 1.0"), std::string::npos);
  EXPECT_NE(exposed(metrics).find("{kind=\"phone\"} 0.0"), std::string::npos);
}

}  // namespace
}  // namespace dss::metrics
