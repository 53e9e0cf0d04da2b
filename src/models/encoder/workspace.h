// The memory of a forward pass.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/huge_array.h"
#include "kernels/encoder_kernels.h"
#include "models/encoder/config.h"

namespace dss::models {

/// Encoded rows with their scales.
class ActivationRows {
 public:
  ActivationRows() = default;
  ActivationRows(std::size_t rows, std::size_t width, kernels::Precision precision);
  [[nodiscard]] kernels::Activations view(std::size_t first_row = 0);
  void copy_row(std::size_t to, const ActivationRows& from, std::size_t row);

 private:
  std::size_t stride_ = 0;
  base::HugeArray<std::byte> data_;
  std::vector<float> scale_;
};

/// Everything that a forward pass writes, taken once: afterwards nothing is allocated. For one
/// thread at a time.
class Workspace {
 public:
  /// For batches of at most `tokens` tokens. Throws std::bad_alloc.
  Workspace(const EncoderConfig& config, kernels::Precision precision, std::size_t tokens);

  [[nodiscard]] std::size_t tokens() const { return tokens_; }

 private:
  friend class ForwardPass;
  std::size_t tokens_;
  base::HugeArray<float> states_;
  base::HugeArray<float> context_;           // what attention leaves, [tokens, padded hidden]
  base::HugeArray<std::int32_t> projected_;  // queries, keys and values
  base::HugeArray<std::int32_t> sums_;       // of one block of rows
  base::HugeArray<float> row_;               // one row of the inner width
  base::HugeArray<std::byte> attention_;
  ActivationRows encoded_;        // of states
  ActivationRows encoded_inner_;  // of one block of rows
  // The last layer's rows that the classifier reads.
  base::HugeArray<float> first_states_;
  base::HugeArray<std::int32_t> first_queries_;
  ActivationRows first_encoded_;
};

}  // namespace dss::models
