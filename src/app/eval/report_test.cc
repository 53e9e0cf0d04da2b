#include "app/eval/report.h"

#include "gtest/gtest.h"
#include "json/reader.h"

namespace dss::app {
namespace {

EvaluationReport small_report() {
  EvaluationReport report{.model = "simple", .version = "1.0.0", .sha256 = std::string(64, 'a')};
  RankingFigures ranking{
      .rows = 3, .categories = {}, .mean_auc = 0.97236, .mean_auc_interval = {0.96, 0.98}};
  ranking.categories[0] = {
      .rows = 3, .positives = 1, .auc = 0.5, .auc_interval = {0.25, 0.75}, .f1 = 0.125};
  report.test = ranking;
  report.calibration = CalibrationFigures{
      .rows = 7, .toxic_bins = {{.rows = 7, .mean_probability = 0.5, .observed = 0.25}}};
  report.hatecheck = HateCheckFigures{
      .cases = 2, .functionalities = {{.name = "slur_h", .hateful = true, .cases = 2}}};
  report.near_misses = NearMissFigures{.texts = 200, .flagged = 1};
  return report;
}

TEST(EvaluationReport, JsonHoldsEveryMeasuredPartAndNoOther) {
  json::Reader reader;
  const auto document = reader.parse(to_json(small_report()));
  ASSERT_TRUE(document.has_value());
  EXPECT_DOUBLE_EQ(document->find("jigsaw_test")->find("mean_auc")->number().value(), 0.9724);
  EXPECT_EQ(document->find("hatecheck")
                ->find("functionalities")
                ->find("slur_h")
                ->find("cases")
                ->integer()
                .value(),
            2);
  EXPECT_EQ(document->find("near_misses")->find("flagged")->integer().value(), 1);
  EXPECT_FALSE(document->find("obfuscated_test").has_value());
}

TEST(EvaluationReport, MarkdownNamesModelAndFigures) {
  const std::string text = to_markdown(small_report());
  EXPECT_NE(text.find("# `simple` 1.0.0 (sha256 aaaaaaaaaaaa)"), std::string::npos) << text;
  EXPECT_NE(text.find("| toxic | 1 | 0.5000 (0.2500-0.7500) |"), std::string::npos) << text;
  EXPECT_NE(text.find("| 7 | 0.500 | 0.250 | +0.250 |"), std::string::npos) << text;
  EXPECT_NE(text.find("1 of 200 flagged"), std::string::npos) << text;
  EXPECT_EQ(text.find("obfuscated"), std::string::npos) << text;
}

}  // namespace
}  // namespace dss::app
