#include "metrics/model_metrics.h"

#include "gtest/gtest.h"
#include "metrics/catalogue.h"
#include "metrics/sample_test.h"

namespace dss::metrics {
namespace {

class ModelMetricsTest : public testing::Test {
 protected:
  std::string value(std::string_view name) { return sample(registry_, name); }
  Registry registry_{catalogue()};
  ModelMetrics models_{&registry_, {"simple", "bert"}};
};

TEST_F(ModelMetricsTest, NothingIsLoadedAtTheStart) {
  EXPECT_EQ(value(R"(dss_model_loaded{model_type="bert"})"), "0.0");
  EXPECT_EQ(value(R"(model_load_seconds_count{model_type="simple"})"), "0.0");
  EXPECT_FALSE(exposes(registry_, "dss_model_info{"));
}

TEST_F(ModelMetricsTest, ALoadedModelShowsWhatItIs) {
  models_.loaded({.model = 0,
                  .version = "1",
                  .sha256 = "ab",
                  .format = "linear",
                  .load_seconds = 0.02,
                  .memory_bytes = 1024});
  EXPECT_EQ(value(R"(dss_model_info{format="linear",model_type="simple",sha256="ab",version="1"})"),
            "1.0");
  EXPECT_EQ(value(R"(dss_model_loaded{model_type="simple"})"), "1.0");
  EXPECT_EQ(value(R"(dss_model_memory_bytes{model_type="simple"})"), "1024.0");
  EXPECT_EQ(value(R"(model_load_seconds_sum{model_type="simple"})"), "0.02");
}

TEST_F(ModelMetricsTest, AReloadReplacesWhatIsShownAndMayGoBack) {
  const auto load = [&](const char* version) { models_.loaded({.version = version}); };
  const auto shown = [&](const std::string& version) {
    return exposes(registry_,
                   R"(dss_model_info{format="",model_type="simple",sha256="",version=")" + version);
  };
  load("1");
  load("2");
  EXPECT_FALSE(shown("1"));
  EXPECT_TRUE(shown("2"));
  load("1");
  load("1");
  EXPECT_TRUE(shown("1"));
  EXPECT_FALSE(shown("2"));
}

TEST_F(ModelMetricsTest, CountsFailuresAndReloads) {
  models_.load_failed(1);
  models_.reloaded(true);
  models_.reloaded(false);
  models_.reloaded(false);
  EXPECT_EQ(value(R"(dss_model_load_failures_total{model_type="bert"})"), "1.0");
  EXPECT_EQ(value(R"(dss_model_reloads_total{result="success"})"), "1.0");
  EXPECT_EQ(value(R"(dss_model_reloads_total{result="failure"})"), "2.0");
}

}  // namespace
}  // namespace dss::metrics
