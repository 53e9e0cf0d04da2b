#include "app/eval/perspective_figures.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "app/eval/scored_files.h"
#include "gtest/gtest.h"
#include "json/reader.h"

namespace dss::app {
namespace {

class PerspectiveFiguresTest : public testing::Test {
 protected:
  void SetUp() override {
    auto engine = scoring::Engine::open(
        {.models_directory = DSS_SOURCE_DIR "/models", .clock = &base::system_clock()});
    ASSERT_TRUE(engine) << engine.error().message;
    engine_ = std::move(*engine);
  }
  void TearDown() override { std::filesystem::remove(path_); }

  base::Result<PerspectiveFigures> measure(const std::string& csv) {
    std::ofstream(path_) << csv;
    return perspective_figures(FileScorer(engine_.get(), "simple", 1), path_, 20);
  }

  static std::string heading() {
    return "comment_text,TOXICITY@6,SEVERE_TOXICITY@2,IDENTITY_ATTACK,INSULT,PROFANITY,THREAT,"
           "OBSCENE\n";
  }
  // Rude and polite rows with the scores that an old service could have given.
  static std::string rows() {
    std::string csv = heading();
    for (int i = 0; i < 40; ++i) {
      const bool rude = i % 2 == 0;
      csv += (rude ? "you are an idiot number " : "thank you for reply ") + std::to_string(i);
      for (int column = 0; column < 7; ++column) csv += rude ? ",0.92" : ",0.07";
      csv += "\n";
    }
    return csv;
  }

  std::unique_ptr<scoring::Engine> engine_;
  std::string path_ = std::filesystem::temp_directory_path() /
                      ("dss-perspective-" + std::to_string(::getpid()) + ".csv");
};

TEST_F(PerspectiveFiguresTest, MeasuresDecisionsOnTheOldScale) {
  const auto figures = measure(rows());
  ASSERT_TRUE(figures) << figures.error().message;
  ASSERT_EQ(figures->attributes.size(), 7U);
  const PerspectiveAttribute& toxicity = figures->attributes.front();
  EXPECT_EQ(toxicity.name, "TOXICITY");
  EXPECT_EQ(toxicity.decisions[0].positives, 20U);
  EXPECT_EQ(toxicity.decisions[0].f1, 1);
  EXPECT_GT(toxicity.correlation.pearson, 0.9);
}

TEST_F(PerspectiveFiguresTest, PrintsThem) {
  const auto figures = measure(rows());
  ASSERT_TRUE(figures);
  EXPECT_NE(to_markdown(*figures).find("| TOXICITY | 0.5 | 20 | 1.000 (1.000-1.000) |"),
            std::string::npos)
      << to_markdown(*figures);
  json::Reader reader;
  const auto document = reader.parse(to_json(*figures));
  ASSERT_TRUE(document);
  const auto attribute = document->find("attributes")->find("PROFANITY");
  EXPECT_EQ(attribute->find("label")->string(), "obscene");
  EXPECT_EQ(attribute->find("fit")->find("thresholds")->find("0.9")->find("positives")->integer(),
            20);
  const auto map = *attribute->find("map");
  EXPECT_EQ((*map.find("y")->items().begin()).number(), 0);
}

TEST_F(PerspectiveFiguresTest, RefusesFilesOfAnotherKind) {
  EXPECT_FALSE(measure("text\nhello\n"));
  EXPECT_FALSE(measure(heading() + "hello,0,0,0,0,0,0,0\n")) << "too few rows";
  std::string csv = rows();
  csv.replace(csv.find("0.92"), 4, "9.20");
  const auto wrong = measure(csv);
  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().message.find("record 2, column TOXICITY@6"), std::string::npos);
}

}  // namespace
}  // namespace dss::app
