// The weights of an encoder, packed for the kernels.
#pragma once

#include <cstddef>
#include <vector>

#include "base/huge_array.h"
#include "base/result.h"
#include "kernels/encoder_kernels.h"
#include "kernels/packed_matrix.h"
#include "models/encoder/config.h"
#include "models/encoder/embedding_table.h"
#include "weights/safetensors.h"

namespace dss::models {

/// γ and β, padded with zeros to whole panels.
struct Norm {
  std::vector<float> gamma;
  std::vector<float> beta;
};

struct EncoderLayer {
  kernels::PackedMatrix query_key_value;  ///< three blocks of padded_hidden outputs
  kernels::PackedMatrix output;
  kernels::PackedMatrix wide;    ///< hidden → inner
  kernels::PackedMatrix narrow;  ///< inner → hidden
  Norm attention_norm;
  Norm output_norm;
};

/// A dense layer in fp32: [outputs][inputs].
struct Dense {
  std::vector<std::vector<float>> weights;
  std::vector<float> bias;
};

struct EncoderLayers {
  base::HugeArray<std::byte> memory;  ///< of the matrices of all layers
  EmbeddingTable words;
  std::vector<float> places;  ///< [positions, padded hidden]: position plus type 0
  Norm embedding_norm;
  std::vector<EncoderLayer> layers;
  Dense pooler;  ///< empty if there is none
  Dense classifier;
};

/// Packs what `file` holds under Hugging Face's names, `narrow` for kernels that want it (see
/// PackedMatrix); the result needs `file` no longer. Errors: kCorrupt, naming file and tensor.
[[nodiscard]] base::Result<EncoderLayers> read_layers(const weights::Safetensors& file,
                                                      const EncoderConfig& config,
                                                      kernels::Precision precision, bool narrow);

}  // namespace dss::models
