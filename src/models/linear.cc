#include "models/linear.h"

#include <algorithm>
#include <cmath>

#include "tokenizer/ngrams.h"
#include "weights/safetensors.h"

namespace dss::models {
namespace {

using kernels::SparseRow;

base::Status check_recipe(const std::string& directory, const weights::Card& card) {
  const auto refuse = [&directory](const std::string& cause) {
    return base::fail(base::ErrorKind::kCorrupt, directory + "/card.json: " + cause);
  };
  if (card.format != "linear-ngrams-1") return refuse("unknown format " + card.format);
  if (card.features.name != tokenizer::kRecipe) {
    return refuse("made for other features (" + card.features.name + ") than this program's (" +
                  std::string(tokenizer::kRecipe) + ")");
  }
  if (card.features.tf != "binary") return refuse("unknown tf " + card.features.tf);
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

// How many units of the 15-bit factors make an idf of 1. The unit cancels out against the norm.
float factor_unit(std::span<const float> idf) {
  const float largest = *std::max_element(idf.begin(), idf.end());
  return largest > 0 ? static_cast<float>(kernels::kLargestFactor) / largest : 0;
}

// Weights and idf of a bucket side by side.
base::HugeArray<SparseRow> pack(const Tensors& tensors, std::size_t buckets, std::size_t labels) {
  const float step = factor_unit(tensors.idf);
  base::HugeArray<SparseRow> rows(buckets);
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
  model.bits_ = card.features.bucket_bits;
  const std::size_t buckets = std::size_t{1} << model.bits_;
  const auto tensors = read_tensors(*file, buckets, model.labels_);
  if (!tensors) return base::fail(tensors.error());
  model.norm_floor_ = card.features.norm_floor * factor_unit(tensors->idf);
  model.rows_ = pack(*tensors, buckets, model.labels_);
  std::copy(tensors->scale.begin(), tensors->scale.end(), model.scale_.begin());
  std::copy(tensors->bias.begin(), tensors->bias.end(), model.bias_.begin());
  return model;
}

float LinearModel::shrink(const kernels::SparseSums& sums) const {
  if (sums.squares == 0) return 0;
  return 1 / std::max(std::sqrt(static_cast<float>(sums.squares)), norm_floor_);
}

std::array<float, kMaxLabels> LinearModel::logits(std::span<const std::uint32_t> buckets) const {
  const kernels::SparseSums sums = kernels::sparse_dot(rows_.view(), buckets);
  const float factor = shrink(sums);
  std::array<float, kMaxLabels> logits{};
  for (std::size_t label = 0; label < labels_; ++label) {
    logits[label] = bias_[label] + scale_[label] * static_cast<float>(sums.dot[label]) * factor;
  }
  return logits;
}

void LinearModel::attribute(std::span<const std::uint32_t> buckets, std::size_t label,
                            std::vector<float>* shares) const {
  const float factor = scale_[label] * shrink(kernels::sparse_dot(rows_.view(), buckets));
  shares->resize(buckets.size());
  for (std::size_t i = 0; i < buckets.size(); ++i) {
    const SparseRow& row = rows_[buckets[i]];
    (*shares)[i] = static_cast<float>(row.factor) * static_cast<float>(row.weight[label]) * factor;
  }
}

}  // namespace dss::models
