// The linear model over hashed n-grams.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/huge_array.h"
#include "base/result.h"
#include "kernels/sparse_dot.h"
#include "models/scores.h"
#include "weights/card.h"

namespace dss::models {

/// Raw logits per label: logit_l = bias_l + scale_l · Σ_f x_f · w_fl with x_f = idf_f / n over the
/// distinct features f of the text, n the larger of ‖idf‖₂ over them and the recipe's norm_floor,
/// so that little evidence moves a logit little. A text without features gets the biases. Immutable
/// after opening; thread-safe.
class LinearModel {
 public:
  /// Reads and checks `DIRECTORY/model.safetensors` against its card: tensors `weights` I8
  /// [buckets, labels], `scale` F32 [labels], `bias` F32 [labels], `idf` F32 [buckets], not
  /// negative; at most six labels. Errors: kIo, kCorrupt, with file and cause.
  static base::Result<LinearModel> open(const std::string& directory, const weights::Card& card);

  /// Raw logits of a text with these features, each named once.
  [[nodiscard]] std::array<float, kMaxLabels> logits(std::span<const std::uint32_t> buckets) const;

  /// Fills `*shares` with each feature's part of `label`'s raw logit: their sum and the bias make
  /// the logit.
  void attribute(std::span<const std::uint32_t> buckets, std::size_t label,
                 std::vector<float>* shares) const;

  /// Asks the processor to fetch what a bucket needs.
  void prefetch(std::uint32_t bucket) const { __builtin_prefetch(rows_.data() + bucket); }

  [[nodiscard]] std::size_t labels() const { return labels_; }
  /// There are 2^bits buckets; a hash's bucket is its highest bits.
  [[nodiscard]] unsigned bits() const { return bits_; }
  [[nodiscard]] std::size_t memory_bytes() const {
    return rows_.size() * sizeof(kernels::SparseRow);
  }

 private:
  LinearModel() = default;
  [[nodiscard]] float shrink(const kernels::SparseSums& sums) const;

  base::HugeArray<kernels::SparseRow> rows_;
  unsigned bits_ = 0;
  std::size_t labels_ = 0;
  std::array<float, kernels::kSparseColumns> scale_{};
  std::array<float, kernels::kSparseColumns> bias_{};
  float norm_floor_ = 0;  // in the unit of the rows' factors
};

}  // namespace dss::models
