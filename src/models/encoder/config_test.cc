#include "models/encoder/config.h"

#include <gtest/gtest.h>

#include <string>

namespace dss::models {
namespace {

std::string bert(const std::string& more = "") {
  return R"({"model_type": "bert", "vocab_size": 9, "hidden_size": 12, "num_hidden_layers": 1,
             "num_attention_heads": 3, "intermediate_size": 7, "max_position_embeddings": 5,
             "id2label": {"0": "a", "1": "b"})" +
         more + "}";
}

std::string refusal(const std::string& content) {
  const auto config = parse_encoder_config(content, "config.json");
  return config ? "" : config.error().message;
}

TEST(EncoderConfig, ReadsBert) {
  const auto config = parse_encoder_config(bert(), "config.json");
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->hidden, 12U);
  EXPECT_EQ(config->head_width(), 4U);
  EXPECT_EQ(config->types, 2U);
  EXPECT_EQ(config->kind, LabelKind::kMultiLabel);
  EXPECT_TRUE(config->pooler);
  EXPECT_EQ(config->labels[1], "b");
}

TEST(EncoderConfig, SoftmaxOnlyWhereItSaysSingleLabel) {
  const auto kind = [](const std::string& type) {
    return parse_encoder_config(bert(R"(, "problem_type": )" + type), "config.json")->kind;
  };
  EXPECT_EQ(kind(R"("single_label_classification")"), LabelKind::kSingleLabel);
  EXPECT_EQ(kind(R"("multi_label_classification")"), LabelKind::kMultiLabel);
  EXPECT_EQ(kind("null"), LabelKind::kMultiLabel);
}

TEST(EncoderConfig, AModelMayDoWithoutAPooler) {
  EXPECT_FALSE(parse_encoder_config(bert(R"(, "pooler": "none")"), "config.json")->pooler);
}

TEST(EncoderConfig, RefusesWhatItCannotServeAndSaysWhy) {
  EXPECT_EQ(refusal("[]"), "config.json: is no JSON object");
  EXPECT_NE(refusal("{").find("config.json: "), std::string::npos);
  EXPECT_NE(refusal(R"({"model_type": "roberta"})").find("\"roberta\" is not supported"),
            std::string::npos);
  EXPECT_NE(refusal(bert(R"(, "hidden_act": "swish")")).find("gelu and relu are"),
            std::string::npos);
  EXPECT_NE(refusal(bert(R"(, "position_embedding_type": "relative_key")")).find("absolute"),
            std::string::npos);
  EXPECT_NE(refusal(R"({"model_type": "bert", "vocab_size": 0})").find("vocab_size"),
            std::string::npos);
  std::string wide = bert();
  wide.replace(wide.find(": 7"), 3, ": 70000");
  EXPECT_NE(refusal(wide).find("wider than 65536"), std::string::npos);
  std::string uneven = bert();
  uneven.replace(uneven.find("12"), 2, "13");
  EXPECT_NE(refusal(uneven).find("heads"), std::string::npos);
}

TEST(EncoderConfig, ANumberOfNoneIsRefusedBeforeAnythingIsDividedByIt) {
  std::string content = bert();
  content.replace(content.find(R"("num_attention_heads": 3)"), 24, R"("num_attention_heads": 0)");
  EXPECT_EQ(refusal(content), "config.json: num_attention_heads must be a whole number from 1");
}

TEST(EncoderConfig, NamesAllLabelsOrNone) {
  std::string gap = bert();
  gap.replace(gap.find("\"1\""), 3, "\"2\"");
  EXPECT_NE(refusal(gap).find("id2label"), std::string::npos);
}

}  // namespace
}  // namespace dss::models
