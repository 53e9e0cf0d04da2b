// The linear model over hashed n-grams.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "kernels/sparse_dot.h"
#include "models/scores.h"
#include "weights/card.h"

namespace dss::models {

/// Features of one text: buckets, each once, and how often each was met.
struct FeatureCounts {
  std::span<const std::uint32_t> buckets;
  std::span<const std::uint32_t> counts;
};

/// Raw logits per label: logit_l = bias_l + scale_l · Σ_f x_f · w_fl with x_f = idf_f · tf_f / n, n
/// the larger of ‖idf · tf‖₂ over the features f of the text and the recipe's norm_floor, so that
/// little evidence moves a logit little; tf = 1, 1 + ln count or count by the recipe, counts above
/// 255 taken for 255. A text without features gets the biases. Immutable after opening;
/// thread-safe.
class LinearModel {
 public:
  /// Reads and checks `DIRECTORY/model.safetensors` against its card: tensors `weights` I8
  /// [buckets, labels], `scale` F32 [labels], `bias` F32 [labels], `idf` F32 [buckets], not
  /// negative; at most six labels. Errors: kIo, kCorrupt, with file and cause.
  static base::Result<LinearModel> open(const std::string& directory, const weights::Card& card);

  /// Raw logits of a text with these features.
  [[nodiscard]] std::array<float, kMaxLabels> logits(const FeatureCounts& features) const;

  /// Fills `*shares` with each feature's part of `label`'s raw logit: their sum and the bias make
  /// the logit.
  void attribute(const FeatureCounts& features, std::size_t label,
                 std::vector<float>* shares) const;

  /// Asks the processor to fetch what a bucket needs.
  void prefetch(std::uint32_t bucket) const { __builtin_prefetch(&rows_[bucket]); }

  [[nodiscard]] std::size_t labels() const { return labels_; }
  /// A hash's bucket is its highest bits: hash >> shift().
  [[nodiscard]] unsigned shift() const { return shift_; }
  [[nodiscard]] std::size_t memory_bytes() const { return buckets_ * sizeof(kernels::SparseRow); }

 private:
  LinearModel() = default;
  [[nodiscard]] float shrink(const kernels::SparseSums& sums) const;
  [[nodiscard]] std::span<const kernels::SparseRow> rows() const { return {rows_.get(), buckets_}; }

  std::unique_ptr<kernels::SparseRow[]> rows_;
  std::size_t buckets_ = 0;
  unsigned shift_ = 0;
  std::size_t labels_ = 0;
  std::array<float, kernels::kSparseColumns> scale_{};
  std::array<float, kernels::kSparseColumns> bias_{};
  kernels::CountTable tf_{};
  float norm_floor_ = 0;  // in the unit of the rows' factors
};

}  // namespace dss::models
