#include "metrics/metrics.h"

#include <thread>

#include "gtest/gtest.h"
#include "metrics/sample_test.h"

namespace dss::metrics {
namespace {

TEST(Metrics, SourcesAreReadAtEachScrape) {
  double depth = 3;
  Metrics metrics({.build = {"1.2.3", "abc"},
                   .sources = {.queue_depth = [&] { return depth; },
                               .log_lines_dropped = [] { return std::uint64_t{7}; }}});
  EXPECT_EQ(sample(metrics.registry(), "dss_queue_depth"), "3.0");
  depth = 4;
  EXPECT_EQ(sample(metrics.registry(), "dss_queue_depth"), "4.0");
  EXPECT_EQ(sample(metrics.registry(), "dss_queue_capacity"), "0.0");
  EXPECT_EQ(sample(metrics.registry(), "dss_log_lines_dropped_total"), "7.0");
  EXPECT_EQ(sample(metrics.registry(), "dss_metrics_series_dropped_total"), "0.0");
  const std::string body = metrics.expose("", "", "name[]=dss_build_info").body;
  EXPECT_NE(body.find("revision=\"abc\",version=\"1.2.3\"} 1.0"), std::string::npos) << body;
}

TEST(Metrics, EveryFamilyOfTheCatalogueIsWrittenBySomebody) {
  Metrics metrics({});
  metrics.http().handler("/analyze", "POST");
  metrics.models().loaded({.version = "1"});
  metrics.set_certificate_expiry(base::SystemTime{});
  metrics.analysis().set_reference(0, std::vector<double>(kScoreBins, 1.0 / kScoreBins));
  for (const FamilySnapshot& family : metrics.registry().collect()) {
    const bool kernel_may_lack_it = family.spec.name.starts_with("dss_cgroup_") ||
                                    family.spec.name.starts_with("dss_cpu_pressure_");
    EXPECT_TRUE(kernel_may_lack_it || !family.series.empty()) << family.spec.name;
  }
}

TEST(Metrics, TheCertificateEndsInUnixSeconds) {
  Metrics metrics({});
  metrics.set_certificate_expiry(base::SystemTime{std::chrono::seconds(2000)});
  metrics.set_certificate_expiry(base::SystemTime{std::chrono::seconds(3000)});
  EXPECT_EQ(sample(metrics.registry(), "dss_tls_certificate_expiry_timestamp_seconds"), "3000.0");
}

TEST(Metrics, LanguagesAreTheDetectors) {
  Metrics metrics({.languages = {"tlh", "en"}});
  metrics.analysis().success({.language = "tlh"});
  metrics.analysis().success({.language = "fr"});
  EXPECT_EQ(sample(metrics.registry(), R"(dss_language_total{lang="tlh"})"), "1.0");
  EXPECT_EQ(sample(metrics.registry(), R"(dss_language_total{lang="other"})"), "1.0");
}

TEST(Metrics, CreatedSeriesAreAnOption) {
  EXPECT_EQ(Metrics({}).expose("", "", "").body.find("_created"), std::string::npos);
  EXPECT_NE(Metrics({.created_series = true}).expose("", "", "").body.find("_created"),
            std::string::npos);
}

TEST(Metrics, ServesScrapesWhileRequestsAreCounted) {
  constexpr int kRequests = 2000;
  Metrics metrics({});
  const HandlerId id = metrics.http().handler("/analyze", "POST");
  std::vector<std::thread> loops;
  for (int t = 0; t < 3; ++t) {
    loops.emplace_back([&, t] {
      base::Rng rng(static_cast<std::uint64_t>(t));
      trace::Context context = trace::new_trace(&rng);
      for (int i = 0; i < kRequests; ++i) {
        context.sampled = i % 8 == 0;
        metrics.http().started(id);
        metrics.analysis().client_seen(rng.next());
        metrics.analysis().success(
            {.score = i % 101 * 1.0, .stages = {.infer = 1e-5}, .trace = &context});
        metrics.http().finished({.handler = id, .model = 1, .seconds = 1e-4, .trace = &context});
      }
    });
  }
  std::vector<std::thread> scrapers;
  for (int t = 0; t < 2; ++t) {
    scrapers.emplace_back([&] {
      for (int i = 0; i < 20; ++i) {
        EXPECT_TRUE(
            metrics.expose("application/openmetrics-text", "", "").body.ends_with("# EOF\n"));
      }
    });
  }
  for (auto& thread : loops) thread.join();
  for (auto& thread : scrapers) thread.join();
  EXPECT_EQ(sample(metrics.registry(), "toxicity_score_distribution_count"), "6000.0");
  EXPECT_EQ(
      sample(metrics.registry(), R"(http_requests_inprogress{handler="/analyze",method="POST"})"),
      "0.0");
}

}  // namespace
}  // namespace dss::metrics
