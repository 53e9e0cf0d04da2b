#include "models/linear.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>

#include "tokenizer/ngrams.h"
#include "weights/safetensors.h"

namespace dss::models {
namespace {

using kernels::SparseRow;

constexpr float kLargestFactor = 65535;

// Nothing if the recipe's name for it is unknown.
std::optional<kernels::CountTable> count_table(std::string_view tf) {
  if (tf != "binary" && tf != "log" && tf != "count") return std::nullopt;
  kernels::CountTable table{};
  for (std::size_t count = 1; count < table.size(); ++count) {
    const auto number = static_cast<float>(count);
    table[count] = tf == "binary" ? 1 : tf == "log" ? 1 + std::log(number) : number;
  }
  return table;
}

base::Status check_recipe(const std::string& directory, const weights::Card& card) {
  const auto refuse = [&directory](const std::string& cause) {
    return base::fail(base::ErrorKind::kCorrupt, directory + "/card.json: " + cause);
  };
  if (card.format != "linear-ngrams-1") return refuse("unknown format " + card.format);
  if (card.features.name != tokenizer::kRecipe) {
    return refuse("made for other features (" + card.features.name + ") than this program's (" +
                  std::string(tokenizer::kRecipe) + ")");
  }
  if (!count_table(card.features.tf)) return refuse("unknown tf " + card.features.tf);
  if (card.features.norm != "joint") return refuse("unknown norm " + card.features.norm);
  // Tables, thresholds and metrics take the six categories by their place.
  const auto is_category = [](const weights::Label& label, std::string_view name) {
    return label.name == name;
  };
  if (!std::equal(card.labels.begin(), card.labels.end(), kCategoryNames.begin(),
                  kCategoryNames.end(), is_category)) {
    return refuse("the labels must be the six categories, from toxic to identity_hate");
  }
  return {};
}

// The tensors of a weights file, checked.
struct Tensors {
  std::span<const std::int8_t> weights;
  std::span<const float> scale;
  std::span<const float> bias;
  std::span<const float> idf;
};

bool all_finite(std::span<const float> values) {
  return std::all_of(values.begin(), values.end(), [](float each) { return std::isfinite(each); });
}

base::Result<Tensors> read_tensors(const weights::Safetensors& file, std::size_t buckets,
                                   std::size_t labels) {
  const auto weights = file.values<std::int8_t>("weights", std::array{buckets, labels});
  const auto scale = file.values<float>("scale", std::array{labels});
  const auto bias = file.values<float>("bias", std::array{labels});
  const auto idf = file.values<float>("idf", std::array{buckets});
  if (!weights) return base::fail(weights.error());
  for (const auto* each : {&scale, &bias, &idf}) {
    if (!*each) return base::fail(each->error());
    if (!all_finite(**each)) {
      return base::fail(base::ErrorKind::kCorrupt, file.file().path() + ": a number is not finite");
    }
  }
  if (*std::min_element(idf->begin(), idf->end()) < 0) {
    return base::fail(base::ErrorKind::kCorrupt, file.file().path() + ": idf is negative");
  }
  return Tensors{*weights, *scale, *bias, *idf};
}

// How many units of the 16-bit factors make an idf of 1. The unit cancels out against the norm.
float factor_unit(std::span<const float> idf) {
  const float largest = *std::max_element(idf.begin(), idf.end());
  return largest > 0 ? kLargestFactor / largest : 0;
}

// Weights and idf of a bucket side by side.
std::unique_ptr<SparseRow[]> pack(const Tensors& tensors, std::size_t buckets, std::size_t labels) {
  const float step = factor_unit(tensors.idf);
  auto rows = std::make_unique<SparseRow[]>(buckets);
  for (std::size_t bucket = 0; bucket < buckets; ++bucket) {
    const auto weights = tensors.weights.subspan(bucket * labels, labels);
    std::copy(weights.begin(), weights.end(), rows[bucket].weight.begin());
    rows[bucket].factor = static_cast<std::uint16_t>(std::lround(tensors.idf[bucket] * step));
  }
  return rows;
}

}  // namespace

base::Result<LinearModel> LinearModel::open(const std::string& directory,
                                            const weights::Card& card) {
  const base::Status known = check_recipe(directory, card);
  if (!known) return base::fail(known.error());
  const auto file = weights::Safetensors::open(directory + "/model.safetensors");
  if (!file) return base::fail(file.error());
  const base::Status genuine =
      weights::verify_weights(card, file->file().path(), file->file().bytes());
  if (!genuine) return base::fail(genuine.error());

  LinearModel model;
  model.labels_ = card.labels.size();
  model.shift_ = 64 - card.features.bucket_bits;
  model.buckets_ = std::size_t{1} << card.features.bucket_bits;
  model.tf_ = *count_table(card.features.tf);
  const auto tensors = read_tensors(*file, model.buckets_, model.labels_);
  if (!tensors) return base::fail(tensors.error());
  model.norm_floor_ = card.features.norm_floor * factor_unit(tensors->idf);
  model.rows_ = pack(*tensors, model.buckets_, model.labels_);
  std::copy(tensors->scale.begin(), tensors->scale.end(), model.scale_.begin());
  std::copy(tensors->bias.begin(), tensors->bias.end(), model.bias_.begin());
  file->file().drop_pages();
  return model;
}

float LinearModel::shrink(const kernels::SparseSums& sums) const {
  return sums.squares > 0 ? 1 / std::max(std::sqrt(sums.squares), norm_floor_) : 0;
}

std::array<float, kMaxLabels> LinearModel::logits(const FeatureCounts& features) const {
  const kernels::SparseSums sums =
      kernels::sparse_dot(rows(), features.buckets, features.counts, tf_);
  const float factor = shrink(sums);
  std::array<float, kMaxLabels> logits{};
  for (std::size_t label = 0; label < labels_; ++label) {
    logits[label] = bias_[label] + scale_[label] * sums.dot[label] * factor;
  }
  return logits;
}

void LinearModel::attribute(const FeatureCounts& features, std::size_t label,
                            std::vector<float>* shares) const {
  const kernels::SparseSums sums =
      kernels::sparse_dot(rows(), features.buckets, features.counts, tf_);
  const float factor = scale_[label] * shrink(sums);
  shares->resize(features.buckets.size());
  for (std::size_t i = 0; i < features.buckets.size(); ++i) {
    const SparseRow& row = rows_[features.buckets[i]];
    const float tf = tf_[std::min<std::size_t>(features.counts[i], tf_.size() - 1)];
    (*shares)[i] =
        tf * static_cast<float>(row.factor) * static_cast<float>(row.weight[label]) * factor;
  }
}

}  // namespace dss::models
