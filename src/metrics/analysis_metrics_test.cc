#include "metrics/analysis_metrics.h"

#include "gtest/gtest.h"
#include "metrics/catalogue.h"
#include "metrics/sample_test.h"

namespace dss::metrics {
namespace {

class AnalysisMetricsTest : public testing::Test {
 protected:
  std::string value(std::string_view name) { return sample(registry_, name); }
  void score(double score) { analysis_.success({.score = score}); }

  base::ManualClock clock_;
  Registry registry_{catalogue()};
  AnalysisMetrics analysis_{&registry_, {.clock = &clock_}};
};

TEST_F(AnalysisMetricsTest, BothModelsStandAtZeroFromTheStart) {
  for (const std::string model : {"simple", "bert"}) {
    for (const std::string status :
         {"success", "validation_error", "model_error", "server_error"}) {
      EXPECT_EQ(value("toxicity_api_requests_total{model_type=\"" + model + "\",status=\"" +
                      status + "\"}"),
                "0.0");
    }
    EXPECT_EQ(value("toxicity_processing_seconds_count{model_type=\"" + model + "\"}"), "0.0");
  }
}

TEST_F(AnalysisMetricsTest, ASuccessIsSeenByEveryFamily) {
  const float probabilities[] = {0.875F, 0.5F, 0, 0, 0.25F, 0};
  analysis_.success({.model = 0,
                     .score = 88,
                     .processing_seconds = 0.002,
                     .probabilities = probabilities,
                     .level = ToxicityLevel::kExtreme,
                     .language = "fr",
                     .characters = 200,
                     .tokens = 321,
                     .truncated = true,
                     .stages = {.parse = 1e-6, .infer = 2e-5}});
  EXPECT_EQ(value(R"(toxicity_api_requests_total{model_type="simple",status="success"})"), "1.0");
  EXPECT_EQ(value(R"(toxicity_score_distribution_bucket{le="80.0"})"), "0.0");
  EXPECT_EQ(value(R"(toxicity_score_distribution_bucket{le="90.0"})"), "1.0");
  EXPECT_EQ(value(R"(toxicity_processing_seconds_sum{model_type="simple"})"), "0.002");
  EXPECT_EQ(value(R"(dss_toxicity_level_total{level="extreme",model_type="simple"})"), "1.0");
  EXPECT_EQ(value(R"(dss_language_total{lang="fr"})"), "1.0");
  EXPECT_EQ(value("dss_input_characters_sum"), "200.0");
  EXPECT_EQ(value("dss_input_tokens_sum"), "321.0");
  EXPECT_EQ(value(R"(dss_tokens_total{model_type="simple"})"), "321.0");
  EXPECT_EQ(value("dss_truncated_inputs_total"), "1.0");
  EXPECT_EQ(value(R"(dss_category_score_sum{category="toxic"})"), "0.875");
  EXPECT_EQ(value(R"(dss_category_score_sum{category="insult"})"), "0.25");
  EXPECT_EQ(
      value(R"(dss_stage_duration_seconds_bucket{le="1.5e-05",model_type="simple",stage="infer"})"),
      "0.0");
  EXPECT_EQ(value(R"(dss_stage_duration_seconds_count{model_type="simple",stage="infer"})"), "1.0");
}

TEST_F(AnalysisMetricsTest, AStageThatDidNotTakePlaceIsNotRecorded) {
  analysis_.success({.stages = {.parse = 0}});
  EXPECT_EQ(value(R"(dss_stage_duration_seconds_count{model_type="simple",stage="parse"})"), "1.0");
  EXPECT_EQ(value(R"(dss_stage_duration_seconds_count{model_type="simple",stage="queue"})"), "0.0");
}

TEST_F(AnalysisMetricsTest, AFailureCountsNoScore) {
  analysis_.failed(1, Outcome::kModelError);
  EXPECT_EQ(value(R"(toxicity_api_requests_total{model_type="bert",status="model_error"})"), "1.0");
  EXPECT_EQ(value("toxicity_score_distribution_count"), "0.0");
}

TEST_F(AnalysisMetricsTest, LanguagesAreBounded) {
  for (const char* code : {"und", "", "tlh", "xx", "zh"}) analysis_.success({.language = code});
  EXPECT_EQ(value(R"(dss_language_total{lang="und"})"), "2.0");
  EXPECT_EQ(value(R"(dss_language_total{lang="other"})"), "2.0");
  EXPECT_EQ(value(R"(dss_language_total{lang="zh"})"), "1.0");
}

TEST_F(AnalysisMetricsTest, ActiveUsersAreThoseOfTheLastFiveMinutes) {
  for (std::uint64_t i = 0; i < 3; ++i) analysis_.client_seen((i % 2 + 1) * 0x9E3779B97F4A7C15ULL);
  EXPECT_EQ(value("toxicity_api_active_users"), "2.0");
  clock_.advance(std::chrono::minutes(6));
  EXPECT_EQ(value("toxicity_api_active_users"), "0.0");
}

TEST_F(AnalysisMetricsTest, StagesCarryExemplars) {
  base::Rng rng(3);
  trace::Context context = trace::new_trace(&rng);
  context.sampled = true;
  analysis_.success({.stages = {.infer = 1e-5}, .trace = &context});
  EXPECT_EQ(
      sample(registry_,
             R"(dss_stage_duration_seconds_bucket{le="1.5e-05",model_type="simple",stage="infer"})",
             "application/openmetrics-text"),
      "1.0 # {trace_id=\"" + context.trace_id_hex() + "\"} 1e-05 0.000");
}

TEST_F(AnalysisMetricsTest, DriftNeedsAReferenceAndEnoughScores) {
  EXPECT_FALSE(exposes(registry_, "dss_score_drift_psi{"));
  const std::vector<double> reference = {0.5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.5};
  analysis_.set_reference(0, reference);
  EXPECT_EQ(value(R"(dss_score_drift_psi{model_type="simple",window="1h"})"), "NaN");
  EXPECT_EQ(value(R"(dss_score_reference_ratio{score_le="90.0"})"), "0.5");
  EXPECT_EQ(value(R"(dss_score_reference_ratio{score_le="100.0"})"), "1.0");
  for (int i = 0; i < 50; ++i) score(0);
  for (int i = 0; i < 50; ++i) score(100);
  EXPECT_EQ(value(R"(dss_score_drift_psi{model_type="simple",window="1h"})"), "0.0");
  for (int i = 0; i < 400; ++i) score(55);
  EXPECT_GT(std::stod(value(R"(dss_score_drift_psi{model_type="simple",window="24h"})")), 0.25);
}

TEST_F(AnalysisMetricsTest, ScoresAreCountedInTheBinsOfTheReference) {
  for (const double points : {0.0, 0.4, 10.0, 10.1, 100.0}) score(points);
  const auto scores = [&](const std::string& bin) {
    return value("dss_scores_total{model_type=\"simple\",score_le=\"" + bin + "\"}");
  };
  EXPECT_EQ(scores("0.0"), "1.0");
  EXPECT_EQ(scores("10.0"), "2.0");
  EXPECT_EQ(scores("20.0"), "1.0");
  EXPECT_EQ(scores("90.0"), "0.0");
  EXPECT_EQ(scores("100.0"), "1.0");
  analysis_.set_reference(1, std::vector<double>{0.5, 0, 0, 0, 0, 0, 0, 0, 0, 0.25, 0.25});
  const auto share = [&](const std::string& bin) {
    return value("dss_score_reference_share{model_type=\"bert\",score_le=\"" + bin + "\"}");
  };
  EXPECT_EQ(share("0.0"), "0.5");
  EXPECT_EQ(share("50.0"), "0.0");
  EXPECT_EQ(share("90.0"), "0.25");
}

TEST_F(AnalysisMetricsTest, AReferenceOfAnotherShapeIsIgnored) {
  analysis_.set_reference(0, std::vector<double>{1});
  EXPECT_FALSE(exposes(registry_, "dss_score_drift_psi{"));
}

}  // namespace
}  // namespace dss::metrics
