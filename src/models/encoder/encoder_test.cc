#include "models/encoder/encoder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "base/rng.h"
#include "json/reader.h"

namespace dss::models {
namespace {

using kernels::Precision;

const std::string kModels = std::string(DSS_SOURCE_DIR) + "/tests/encoder/models/";

// What PyTorch answered for some texts (see tests/encoder/make_tiny_models.py).
struct Reference {
  explicit Reference(const std::string& model) {
    std::stringstream text;
    text << std::ifstream(kModels + model + "/logits.json").rdbuf();
    json::Reader reader;
    const std::string content = text.str();
    const auto document = reader.parse(content);
    for (const auto row : document->find("ids")->items()) {
      texts.emplace_back();
      for (const auto id : row.items()) {
        texts.back().push_back(static_cast<std::uint32_t>(id.integer().value()));
      }
    }
    for (const auto row : document->find("logits")->items()) {
      logits.emplace_back();
      for (const auto value : row.items()) {
        logits.back().push_back(static_cast<float>(value.number().value()));
      }
    }
  }
  std::vector<std::vector<std::uint32_t>> texts;
  std::vector<std::vector<float>> logits;
};

std::vector<float> forward(const Encoder& encoder,
                           const std::vector<std::vector<std::uint32_t>>& texts) {
  PackedBatch batch;
  for (const auto& text : texts) batch.add(text);
  auto workspace = encoder.workspace(batch.tokens());
  std::vector<float> logits(texts.size() * encoder.config().labels.size());
  encoder.forward(batch, workspace, logits);
  return logits;
}

Encoder open(const std::string& model, Precision precision, kernels::InstructionSet set) {
  auto encoder = Encoder::open(kModels + model, {precision, set});
  EXPECT_TRUE(encoder) << encoder.error().message;
  return std::move(*encoder);
}

const std::vector<std::string> kAll = {"bert_narrow_heads", "bert_wide_heads",
                                       "bert_relu_odd_width", "distilbert"};

class EncoderTest : public testing::TestWithParam<kernels::InstructionSet> {};

void expect_near(const std::string& model, Precision precision, kernels::InstructionSet set,
                 double tolerance) {
  const Reference reference(model);
  const Encoder encoder = open(model, precision, set);
  const auto logits = forward(encoder, reference.texts);
  const std::size_t labels = encoder.config().labels.size();
  for (std::size_t text = 0; text < reference.texts.size(); ++text) {
    for (std::size_t label = 0; label < labels; ++label) {
      ASSERT_NEAR(logits[text * labels + label], reference.logits[text][label], tolerance)
          << model << ", text " << text;
    }
  }
}

TEST_P(EncoderTest, AgreesWithPyTorch) {
  for (const auto& model : kAll) {
    expect_near(model, Precision::kFp32, GetParam(), 1e-4);
    // Random weights this large are harder than trained ones; these bounds catch a wrong scale.
    expect_near(model, Precision::kBf16, GetParam(), 0.25);
    expect_near(model, Precision::kInt8, GetParam(), 0.35);
  }
}

TEST_P(EncoderTest, ATextsLogitsDoNotDependOnItsNeighbours) {
  base::Rng rng(17);
  for (const auto& model : kAll) {
    for (const Precision precision : {Precision::kInt8, Precision::kBf16, Precision::kFp32}) {
      const Encoder encoder = open(model, precision, GetParam());
      const std::size_t labels = encoder.config().labels.size();
      std::vector<std::vector<std::uint32_t>> texts(9);
      std::vector<float> alone;
      for (auto& text : texts) {
        text.resize(1 + rng.below(encoder.config().positions));
        for (auto& id : text) id = static_cast<std::uint32_t>(rng.below(48));
        const auto logits = forward(encoder, {text});
        alone.insert(alone.end(), logits.begin(), logits.end());
      }
      for (int turn = 0; turn < 4; ++turn) {
        std::vector<std::size_t> order;
        for (std::size_t i = 0, count = 1 + rng.below(texts.size()); i < count; ++i) {
          order.push_back(rng.below(texts.size()));
        }
        std::vector<std::vector<std::uint32_t>> batch;
        for (const std::size_t i : order) batch.push_back(texts[i]);
        const auto together = forward(encoder, batch);
        for (std::size_t i = 0; i < order.size(); ++i) {
          for (std::size_t label = 0; label < labels; ++label) {
            ASSERT_EQ(together[i * labels + label], alone[order[i] * labels + label]) << model;
          }
        }
      }
    }
  }
}

std::string name(const testing::TestParamInfo<kernels::InstructionSet>& set) {
  std::string text(kernels::name_of(set.param));
  std::replace(text.begin(), text.end(), '-', '_');
  return text;
}

std::vector<kernels::InstructionSet> all_sets() {
  const auto sets = kernels::available_instruction_sets();
  return {sets.begin(), sets.end()};
}

INSTANTIATE_TEST_SUITE_P(Sets, EncoderTest, testing::ValuesIn(all_sets()), name);

TEST(Encoder, ReadsWhatTheConfigurationSays) {
  const Encoder single =
      open("bert_wide_heads", Precision::kInt8, kernels::InstructionSet::kScalar);
  EXPECT_EQ(single.config().kind, LabelKind::kSingleLabel);
  EXPECT_EQ(single.config().labels.size(), 4U);
  const Encoder multi = open("distilbert", Precision::kInt8, kernels::InstructionSet::kScalar);
  EXPECT_EQ(multi.config().kind, LabelKind::kMultiLabel);
  EXPECT_EQ(multi.config().labels[2], "LABEL_2");
}

TEST(Encoder, NamesFileAndCauseOfWhatCannotBeRead) {
  const auto missing = Encoder::open(kModels + "none", {});
  ASSERT_FALSE(missing);
  EXPECT_NE(missing.error().message.find("none/config.json"), std::string::npos);
}

}  // namespace
}  // namespace dss::models
