#include "models/linear.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "models/test_tiny_model.h"
#include "rapidcheck/gtest.h"

namespace dss::models {
namespace {

base::Result<LinearModel> open(const TinyModel& files) {
  const auto card = weights::read_card(files.simple());
  if (!card) return base::fail(card.error());
  return LinearModel::open(files.simple(), *card);
}

std::string refusal(const TinyModel& files) {
  const auto model = open(files);
  return model ? "opened" : model.error().message;
}

float idf(std::size_t bucket) { return 1 + static_cast<float>(bucket % 7); }

TEST(LinearModel, FollowsItsFormula) {
  TinyModel files;
  files.write();
  const auto model = open(files);
  ASSERT_TRUE(model) << model.error().message;
  const auto fool = static_cast<std::uint32_t>(TinyModel::bucket_of("fool"));
  const auto other = static_cast<std::uint32_t>(TinyModel::bucket_of("other"));
  const std::uint32_t buckets[] = {fool, other};
  const std::uint32_t counts[] = {3, 1};
  const float norm = std::hypot(idf(fool), idf(other));
  const auto logits = model->logits({buckets, counts});
  EXPECT_NEAR(logits[0], -3 + 90.0 * idf(fool) / norm, 2e-3);
  EXPECT_FLOAT_EQ(logits[1], -6);
}

TEST(LinearModel, CountsAsTheRecipeSays) {
  for (const auto& [tf, of_three] : {std::pair<std::string, double>{"binary", 1.0},
                                     {"log", 1 + std::log(3.0)},
                                     {"count", 3.0}}) {
    TinyModel files;
    files.tf = tf;
    files.write();
    const auto model = open(files);
    ASSERT_TRUE(model) << model.error().message;
    const auto fool = static_cast<std::uint32_t>(TinyModel::bucket_of("fool"));
    const auto other = static_cast<std::uint32_t>(TinyModel::bucket_of("other"));
    const std::uint32_t buckets[] = {fool, other};
    const std::uint32_t counts[] = {3, 1};
    const double value = of_three * idf(fool);
    const double expected = -3 + 90.0 * value / std::hypot(value, idf(other));
    EXPECT_NEAR(model->logits({buckets, counts})[0], expected, 2e-3) << tf;
  }
}

TEST(LinearModel, LittleEvidenceIsDividedByTheFloor) {
  const auto fool = static_cast<std::uint32_t>(TinyModel::bucket_of("fool"));
  const std::uint32_t counts[] = {1};
  for (const float times : {0.0F, 0.5F, 2.0F, 10.0F}) {
    TinyModel files;
    files.norm_floor = times * idf(fool);
    files.write();
    const auto model = open(files);
    ASSERT_TRUE(model) << model.error().message;
    const auto logits = model->logits({std::span(&fool, 1), counts});
    EXPECT_NEAR(logits[0], -3 + 90.0 / std::max(times, 1.0F), 2e-3) << times;
    std::vector<float> shares;
    model->attribute({std::span(&fool, 1), counts}, 0, &shares);
    EXPECT_NEAR(shares.at(0), logits[0] + 3, 1e-4) << times;
  }
}

TEST(LinearModel, ATextWithoutFeaturesGetsTheBias) {
  TinyModel files;
  files.write();
  const auto model = open(files);
  ASSERT_TRUE(model) << model.error().message;
  EXPECT_FLOAT_EQ(model->logits({})[0], -3);
}

RC_GTEST_PROP(LinearModel, SharesAndBiasAddUpToTheLogit, (std::vector<std::uint16_t> chosen)) {
  TinyModel files;
  files.tf = "log";
  files.write();
  const auto model = open(files);
  RC_ASSERT(model.has_value());
  chosen.push_back(static_cast<std::uint16_t>(TinyModel::bucket_of("idiot")));
  std::vector<std::uint32_t> buckets;
  buckets.reserve(chosen.size());
  for (const std::uint16_t each : chosen) buckets.push_back(each % TinyModel::kBuckets);
  std::sort(buckets.begin(), buckets.end());
  buckets.erase(std::unique(buckets.begin(), buckets.end()), buckets.end());
  const std::vector<std::uint32_t> counts(buckets.size(), 2);
  std::vector<float> shares;
  model->attribute({buckets, counts}, 0, &shares);
  const float sum = std::accumulate(shares.begin(), shares.end(), -3.0F);
  RC_ASSERT(std::abs(sum - model->logits({buckets, counts})[0]) < 1e-3F);
}

TEST(LinearModel, RefusesAMissingFile) {
  TinyModel files;
  files.write();
  std::filesystem::remove(files.weights_path());
  EXPECT_EQ(refusal(files), files.weights_path() + ": No such file or directory");
}

TEST(LinearModel, RefusesAnAlteredFile) {
  TinyModel files;
  files.write();
  std::fstream file(files.weights_path(), std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(-100, std::ios::end);
  file.put('\x11');
  file.close();
  EXPECT_NE(refusal(files).find("differs from the file that its card.json describes"),
            std::string::npos);
}

TEST(LinearModel, RefusesAFileCutAnywhere) {
  TinyModel files;
  files.write();
  const auto whole = std::filesystem::file_size(files.weights_path());
  for (std::size_t size = whole; size-- > 0; size -= std::min(size, size / 3)) {
    std::filesystem::resize_file(files.weights_path(), size);
    const std::string message = refusal(files);
    ASSERT_TRUE(message.starts_with(files.weights_path() + ": ")) << size << " " << message;
    ASSERT_EQ(message.find('\n'), std::string::npos);
  }
}

TEST(LinearModel, RefusesOtherRecipes) {
  TinyModel other_recipe;
  other_recipe.recipe = "something else";
  other_recipe.write();
  EXPECT_NE(refusal(other_recipe).find("made for other features"), std::string::npos);
  TinyModel other_tf;
  other_tf.tf = "sqrt";
  other_tf.write();
  EXPECT_NE(refusal(other_tf).find("unknown tf sqrt"), std::string::npos);
}

}  // namespace
}  // namespace dss::models
