#include "metrics/http_metrics.h"

#include <thread>

#include "gtest/gtest.h"
#include "metrics/catalogue.h"
#include "metrics/sample_test.h"

namespace dss::metrics {
namespace {

class HttpMetricsTest : public testing::Test {
 protected:
  std::string value(std::string_view name) { return sample(registry_, name); }
  void answer(HandlerId id, int status, std::uint8_t model = 0) {
    http_.started(id);
    http_.finished({.handler = id,
                    .status = status,
                    .model = model,
                    .request_bytes = 29,
                    .response_bytes = 100,
                    .seconds = 0.25});
  }

  base::ManualClock clock_;
  Registry registry_{catalogue()};
  HttpMetrics http_{&registry_, {.clock = &clock_}};
};

TEST_F(HttpMetricsTest, CountersOfARouteStandAtZeroFromTheStart) {
  http_.handler("/health", "GET");
  for (const char* status : {"2xx", "4xx", "5xx"}) {
    EXPECT_EQ(value(std::string(R"(http_requests_total{handler="/health",method="GET",status=")") +
                    status + "\"}"),
              "0.0");
  }
  EXPECT_FALSE(
      exposes(registry_, R"(http_requests_total{handler="/health",method="GET",status="3xx)"));
  EXPECT_EQ(value(R"(http_request_size_bytes_count{handler="/health"})"), "0.0");
}

TEST_F(HttpMetricsTest, OneRequestIsSeenByEveryFamily) {
  answer(http_.handler("/analyze", "POST"), 200);
  EXPECT_EQ(value(R"(http_requests_total{handler="/analyze",method="POST",status="2xx"})"), "1.0");
  EXPECT_EQ(value(R"(http_request_size_bytes_sum{handler="/analyze"})"), "29.0");
  EXPECT_EQ(value(R"(http_response_size_bytes_count{handler="/analyze"})"), "1.0");
  EXPECT_EQ(value(R"(http_response_size_bytes_sum{handler="/analyze"})"), "100.0");
  EXPECT_EQ(value(R"(http_request_duration_highr_seconds_bucket{le="0.1"})"), "0.0");
  EXPECT_EQ(value(R"(http_request_duration_highr_seconds_bucket{le="0.25"})"), "1.0");
  EXPECT_EQ(value("http_request_duration_highr_seconds_sum"), "0.25");
  EXPECT_EQ(
      value(R"(http_request_duration_seconds_bucket{handler="/analyze",le="0.5",method="POST"})"),
      "1.0");
}

TEST_F(HttpMetricsTest, InProgressIsOneNumberUnderTwoNames) {
  const HandlerId id = http_.handler("/analyze", "POST");
  http_.started(id);
  std::thread([&] { http_.started(id); }).join();
  EXPECT_EQ(value(R"(http_requests_inprogress{handler="/analyze",method="POST"})"), "2.0");
  EXPECT_EQ(value(R"(toxicity_api_requests_inprogress{handler="/analyze",method="POST"})"), "2.0");
  http_.finished({.handler = id});
  std::thread([&] { http_.cancelled(id); }).join();
  EXPECT_EQ(value(R"(http_requests_inprogress{handler="/analyze",method="POST"})"), "0.0");
  EXPECT_EQ(value("dss_cancelled_total"), "1.0");
}

TEST_F(HttpMetricsTest, StatusesAreGroupedAndRareOnesAppearWhenSeen) {
  const HandlerId id = http_.handler("/health", "GET");
  for (const int status : {200, 204, 304, 404, 422, 503, 999}) answer(id, status);
  const auto count = [&](const std::string& status) {
    return value(R"(http_requests_total{handler="/health",method="GET",status=")" + status + "\"}");
  };
  EXPECT_EQ(count("2xx"), "2.0");
  EXPECT_EQ(count("3xx"), "1.0");
  EXPECT_EQ(count("4xx"), "2.0");
  EXPECT_EQ(count("5xx"), "2.0");
}

TEST_F(HttpMetricsTest, ARedirectHasItsOwnHandler) {
  answer(http_.redirect("/health/", "GET"), 307);
  EXPECT_EQ(value(R"(http_requests_total{handler="/health/",method="GET",status="3xx"})"), "1.0");
}

TEST_F(HttpMetricsTest, UntemplatedRequestsAreOneHandlerWithBoundedVerbs) {
  answer(http_.untemplated("PUT"), 405);
  answer(http_.untemplated("BREW"), 404);
  answer(http_.untemplated("brew"), 404);
  EXPECT_EQ(value(R"(http_requests_total{handler="none",method="PUT",status="4xx"})"), "1.0");
  EXPECT_EQ(value(R"(http_requests_total{handler="none",method="OTHER",status="4xx"})"), "2.0");
}

TEST_F(HttpMetricsTest, TheOriginalsSettingLeavesUntemplatedRequestsOut) {
  Registry registry(catalogue());
  HttpMetrics http(&registry, {.ignore_untemplated = true});
  const HandlerId id = http.untemplated("GET");
  EXPECT_EQ(id, kNotCounted);
  http.started(id);
  http.finished({.handler = id, .status = 404, .seconds = 1});
  http.cancelled(id);
  EXPECT_EQ(sample(registry, "http_request_duration_highr_seconds_count"), "0.0");
  EXPECT_EQ(sample(registry, "dss_cancelled_total"), "0.0");
}

TEST_F(HttpMetricsTest, AModelsRequestIsAlsoTimedFinely) {
  const HandlerId scored = http_.handler("/analyze", "POST");
  EXPECT_EQ(value(R"(dss_request_duration_seconds_count{handler="/analyze",model_type="bert"})"),
            "0.0");
  answer(scored, 200, 1);
  answer(scored, 422, 0);
  answer(http_.handler("/other", "POST"), 200, 2);
  answer(scored, 200, 9);  // no such model
  EXPECT_EQ(value(R"(dss_request_duration_seconds_count{handler="/analyze",model_type="simple"})"),
            "1.0");
  EXPECT_EQ(value(R"(dss_request_duration_seconds_count{handler="/other",model_type="bert"})"),
            "1.0");
}

TEST_F(HttpMetricsTest, OnlySampledTracesBecomeExemplars) {
  const HandlerId id = http_.handler("/analyze", "POST");
  base::Rng rng(1);
  trace::Context context = trace::new_trace(&rng);
  const auto bucket = [&] {
    return sample(registry_, R"(http_request_duration_highr_seconds_bucket{le="0.25"})",
                  "application/openmetrics-text");
  };
  clock_.advance(std::chrono::milliseconds(1500));
  http_.finished({.handler = id, .seconds = 0.2, .trace = &context});
  EXPECT_EQ(bucket(), "1.0");
  context.sampled = true;
  http_.finished({.handler = id, .seconds = 0.2, .trace = &context});
  EXPECT_EQ(bucket(), "2.0 # {trace_id=\"" + context.trace_id_hex() + "\"} 0.2 1.500");
}

TEST_F(HttpMetricsTest, CountsConnectionsAndRejections) {
  http_.connection_opened();
  http_.connection_opened();
  http_.connection_closed();
  http_.rejected(Rejection::kTooLarge);
  EXPECT_EQ(value("dss_open_connections"), "1.0");
  EXPECT_EQ(value(R"(dss_requests_rejected_total{reason="too_large"})"), "1.0");
  EXPECT_EQ(value(R"(dss_requests_rejected_total{reason="queue_full"})"), "0.0");
}

TEST_F(HttpMetricsTest, ThreadsMeetingAtANewStatusLoseNothing) {
  const HandlerId id = http_.handler("/health", "GET");
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 100; ++i) answer(id, 301, 1);
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(value(R"(http_requests_total{handler="/health",method="GET",status="3xx"})"), "400.0");
  EXPECT_EQ(value(R"(dss_request_duration_seconds_count{handler="/health",model_type="simple"})"),
            "400.0");
}

}  // namespace
}  // namespace dss::metrics
