// The forward pass of a BERT-family classifier.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "base/result.h"
#include "kernels/encoder_kernels.h"
#include "models/encoder/config.h"
#include "models/encoder/packed_batch.h"
#include "models/encoder/workspace.h"

namespace dss::models {

/// Token ids to one logit a label. Immutable after opening; thread-safe, each thread with a
/// workspace of its own.
///
/// 8-bit weights have a scale for each output, activations one for each token; sums are exact.
/// Softmax, layer normalisation and the classifier are computed in fp32, attention in fp32 or
/// bf16. A text's logits do not depend on what else is in the batch, bit for bit.
/// The last layer is computed for the first token alone, which is all that the classifier reads.
class Encoder {
 public:
  struct Options {
    kernels::Precision precision = kernels::Precision::kInt8;
    /// Nothing: the best that the processor has. REQUIRES: it is available.
    std::optional<kernels::InstructionSet> instruction_set;
  };

  /// Reads `DIRECTORY/config.json` and `DIRECTORY/model.safetensors`. Errors: kIo, kCorrupt,
  /// kInvalidArgument, with file and cause.
  static base::Result<Encoder> open(const std::string& directory, const Options& options);
  Encoder(Encoder&&) noexcept;
  Encoder& operator=(Encoder&&) noexcept;
  ~Encoder();

  [[nodiscard]] const EncoderConfig& config() const;
  [[nodiscard]] kernels::InstructionSet instruction_set() const;
  [[nodiscard]] kernels::Precision precision() const;
  /// Bytes that were taken for weights, beside the file's own pages.
  [[nodiscard]] std::size_t memory_bytes() const;
  /// Multiplications and additions that the products of a batch really need.
  [[nodiscard]] std::uint64_t operations(const PackedBatch& batch) const;

  [[nodiscard]] Workspace workspace(std::size_t tokens) const;

  /// Fills `logits` [texts, labels]. REQUIRES: `workspace` came from this encoder and has room for
  /// the batch's tokens; every text has 1 to config().positions tokens; every id is below
  /// config().vocabulary.
  void forward(const PackedBatch& batch, Workspace& workspace, std::span<float> logits) const;

 private:
  struct Parts;
  explicit Encoder(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace dss::models
