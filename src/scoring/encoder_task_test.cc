#include "scoring/encoder_task.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <memory>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

#include "models/test_tiny_model.h"
#include "scoring/engine.h"

namespace dss::scoring {
namespace {

const std::string kEncoders = std::string(DSS_SOURCE_DIR) + "/tests/encoder/models/";

class EncoderScoringTest : public testing::Test {
 protected:
  EncoderScoringTest() { files_.write(); }

  std::unique_ptr<Engine> open(const std::string& model) {
    auto engine = Engine::open(
        {.models_directory = files_.directory(), .encoder_directory = kEncoders + model});
    EXPECT_TRUE(engine) << engine.error().message;
    return std::move(*engine);
  }
  static Outcome score(const Engine& engine, std::string_view text, bool explain = false) {
    auto outcome = engine.score(text, {.model = "bert", .explain = explain});
    EXPECT_TRUE(outcome) << outcome.error().message;
    return std::move(*outcome);
  }

  models::TinyModel files_;
};

TEST_F(EncoderScoringTest, AnswersUnderTheModelsOwnLabels) {
  const auto engine = open("bert_narrow_heads");
  const Outcome outcome = score(*engine, "you are a fool");
  ASSERT_EQ(outcome.scores.count, 3U);
  EXPECT_EQ(outcome.stamp, "bert_narrow_heads/" + outcome.card->version + "/" +
                               outcome.card->sha256.substr(0, 12) + "/int8/" +
                               std::string(kernels::name_of(kernels::best_instruction_set())));
  EXPECT_EQ(outcome.card->labels[2].name, "LABEL_2");
  EXPECT_EQ(outcome.tokens, 4U);
  for (std::size_t i = 0; i < outcome.scores.count; ++i) {
    EXPECT_NEAR(outcome.scores.probability[i], 1 / (1 + std::exp(-outcome.scores.logit[i])), 1e-5);
  }
}

TEST_F(EncoderScoringTest, ASingleLabelModelGetsASoftmax) {
  const auto engine = open("bert_wide_heads");
  const Outcome outcome = score(*engine, "you are a fool");
  ASSERT_EQ(outcome.scores.count, 4U);
  EXPECT_NEAR(std::accumulate(outcome.scores.probability.begin(),
                              outcome.scores.probability.begin() + 4, 0.0),
              1, 1e-5);
}

TEST_F(EncoderScoringTest, ContributionsAndBiasMakeTheLogit) {
  const auto engine = open("distilbert");
  const Outcome outcome = score(*engine, "you are a nice fool, idiot!", true);
  ASSERT_TRUE(outcome.explanation);
  ASSERT_EQ(outcome.explanation->words.size(), 6U);
  double sum = outcome.explanation->bias;
  for (const WordContribution& word : outcome.explanation->words) sum += word.contribution;
  const double p = outcome.scores.probability[outcome.card->overall_label()];
  EXPECT_NEAR(sum, std::log(p / (1 - p)), 2e-3);
  EXPECT_EQ(outcome.explanation->words[4].begin, 15U);
  EXPECT_EQ(outcome.explanation->words[4].end, 20U);
}

TEST_F(EncoderScoringTest, ContributionsOfALongTextAreBounded) {
  const auto engine = open("distilbert");
  std::string text;
  for (int i = 0; i < 400; ++i) text += "you idiot ";
  const Outcome outcome = score(*engine, text, true);
  EXPECT_LE(outcome.explanation->words.size(), EncoderText::kMostOccluded);
  EXPECT_FALSE(outcome.truncated);
}

TEST_F(EncoderScoringTest, WhatBeginsCanBeFinishedElsewhere) {
  const auto engine = open("bert_wide_heads");
  auto begun = engine->begin("you are a fool", {.model = "bert"});
  ASSERT_TRUE(begun);
  ASSERT_TRUE(begun->task);
  EncoderTask& task = *begun->task;
  const auto sequences = task.take_sequences();
  ASSERT_EQ(sequences.size(), 1U);
  std::thread([&] {
    models::PackedBatch batch;
    batch.add(sequences[0]);
    auto workspace = task.encoder()->workspace(64);
    std::vector<float> logits(4);
    task.encoder()->forward(batch, workspace, logits);
    EXPECT_TRUE(task.take(logits));
  }).join();
  EXPECT_EQ(task.outcome().scores.probability, score(*engine, "you are a fool").scores.probability);
}

TEST_F(EncoderScoringTest, SimpleGoesOnBesideIt) {
  const auto engine = open("distilbert");
  EXPECT_TRUE(engine->score("you idiot", {.model = "simple"}));
  const auto states = engine->models();
  ASSERT_EQ(states.size(), 2U);
  EXPECT_TRUE(states[1].loaded);
  EXPECT_GT(states[1].memory_bytes, 0U);
}

TEST_F(EncoderScoringTest, ADirectoryWithoutAVocabularyIsRefused) {
  const std::string directory = files_.directory() + "/own";
  std::filesystem::create_directories(directory);
  for (const char* file : {"config.json", "model.safetensors"}) {
    std::filesystem::copy_file(kEncoders + "distilbert/" + file, directory + "/" + file);
  }
  const auto engine =
      Engine::open({.models_directory = files_.directory(), .encoder_directory = directory});
  ASSERT_FALSE(engine);
  EXPECT_NE(engine.error().message.find("own/vocab.txt"), std::string::npos);
}

TEST_F(EncoderScoringTest, WithoutAnEncoderBertIsMissing) {
  const auto engine = Engine::open({.models_directory = files_.directory()});
  ASSERT_TRUE(engine) << engine.error().message;
  const auto outcome = (*engine)->score("a", {.model = "bert"});
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().kind, base::ErrorKind::kModelMissing);
}

}  // namespace
}  // namespace dss::scoring
