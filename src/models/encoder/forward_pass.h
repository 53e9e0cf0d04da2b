// One batch's way through the layers.
#pragma once

#include <cstddef>
#include <span>

#include "kernels/encoder_kernels.h"
#include "models/encoder/config.h"
#include "models/encoder/layers.h"
#include "models/encoder/packed_batch.h"
#include "models/encoder/workspace.h"

namespace dss::models {

/// Made for one batch. What it refers to must outlive it. For one thread.
class ForwardPass {
 public:
  /// Rows that go through everything behind attention together: what a block writes and the weights
  /// of a layer stay in the second-level cache.
  static constexpr std::size_t kBlockRows = 128;

  ForwardPass(const EncoderConfig& config, const EncoderLayers& layers,
              const kernels::EncoderKernels& kernels, const PackedBatch& batch,
              Workspace& workspace);

  /// Logits [texts, labels].
  void run(std::span<float> logits);

 private:
  void embed();
  void layer(const EncoderLayer& layer);
  void last_layer(const EncoderLayer& layer);
  void attend(const EncoderLayer& layer, std::size_t text, kernels::Sums query, std::size_t queries,
              float* out);
  void after_attention(const EncoderLayer& layer, std::size_t rows, float* context, float* states,
                       ActivationRows& encoded);
  void classify(std::size_t text, std::span<float> logits) const;

  [[nodiscard]] kernels::Sums sums_of(const kernels::PackedMatrix& matrix, const void* data,
                                      std::size_t stride, const float* row_scale) const;
  [[nodiscard]] kernels::States states(float* data) const {
    return {data, hidden_, config_.hidden};
  }

  const EncoderConfig& config_;
  const EncoderLayers& layers_;
  const kernels::EncoderKernels& kernels_;
  const PackedBatch& batch_;
  Workspace& space_;
  std::size_t hidden_;  // padded to whole panels
  std::size_t inner_;
};

}  // namespace dss::models
