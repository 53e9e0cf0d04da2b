#include "metrics/negotiate.h"

#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"

namespace dss::metrics {
namespace {

TEST(ChooseFormat, OpenMetricsForThoseWhoPreferIt) {
  for (const char* accept : {
           // Prometheus 2.42, captured
           "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;"
           "q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
           // Prometheus 3
           "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/"
           "openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0."
           "4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
           "application/openmetrics-text",
           "Application/OpenMetrics-Text; Version=\"1.0.0\"",
           "text/plain;q=0.9, application/openmetrics-text;q=0.95",
           "text/plain, application/openmetrics-text",
           "application/*",
       }) {
    EXPECT_EQ(choose_format(accept), Format::kOpenMetrics100) << accept;
  }
}

TEST(ChooseFormat, Text004ForEverybodyElse) {
  for (const char* accept : {
           "",
           "*/*",
           "text/html,application/xhtml+xml,*/*;q=0.8",
           "text/plain;version=0.0.4",
           "application/json",
           "application/openmetrics-text;q=0.5, text/plain;q=0.6",
           "application/openmetrics-text;q=0",
           "application/openmetrics-text;q=0, */*",
           "application/openmetrics-text;version=0.0.1",
           "application/openmetrics-text;version=2.0.0, text/plain;q=0.1",
           "application/openmetrics-text;q=nonsense",
           "application/openmetrics-text;q=7",
           "text/*, application/*;q=0.9",
           ";;;,,,=;q",
       }) {
    EXPECT_EQ(choose_format(accept), Format::kText004) << accept;
  }
}

TEST(AcceptsGzip, OnlyWhenItIsWanted) {
  for (const char* header :
       {"gzip", "deflate, gzip;q=0.5, br", "GZIP", "x-gzip", "*", "gzip;q=0.1, identity;q=0"}) {
    EXPECT_TRUE(accepts_gzip(header)) << header;
  }
  for (const char* header :
       {"", "identity", "br", "gzip;q=0", "*;q=0", "gzip;q=0, *", "gzip;q=0.5, identity"}) {
    EXPECT_FALSE(accepts_gzip(header)) << header;
  }
}

RC_GTEST_PROP(Negotiation, AnyHeaderIsReadWithoutHarm, (const std::string& header)) {
  (void)choose_format(header);
  (void)accepts_gzip(header);
}

}  // namespace
}  // namespace dss::metrics
