#include "models/encoder/encoder.h"

#include <utility>

#include "models/encoder/forward_pass.h"
#include "models/encoder/layers.h"
#include "weights/safetensors.h"

namespace dss::models {

struct Encoder::Parts {
  EncoderConfig config;
  EncoderLayers layers;
  const kernels::EncoderKernels* kernels;
  kernels::Precision precision;
};

namespace {

std::uint64_t all_of(const kernels::PackedMatrix& matrix, std::size_t rows) {
  return kernels::operations(matrix, rows, matrix.panels());
}

std::uint64_t after_attention(const EncoderLayer& layer, std::size_t rows) {
  return all_of(layer.output, rows) + all_of(layer.wide, rows) + all_of(layer.narrow, rows);
}

}  // namespace

base::Result<Encoder> Encoder::open(const std::string& directory, const Options& options) {
  auto config = read_encoder_config(directory);
  if (!config) return base::fail(config.error());
  auto file = weights::Safetensors::open(directory + "/model.safetensors");
  if (!file) return base::fail(file.error());
  const auto set = options.instruction_set.value_or(kernels::best_instruction_set());
  auto layers = read_layers(*file, *config, options.precision, kernels::wants_narrow(set));
  if (!layers) return base::fail(layers.error());
  return Encoder(std::make_unique<Parts>(Parts{std::move(*config), std::move(*layers),
                                               &kernels::encoder_kernels(set, options.precision),
                                               options.precision}));
}

Encoder::Encoder(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Encoder::Encoder(Encoder&&) noexcept = default;
Encoder& Encoder::operator=(Encoder&&) noexcept = default;
Encoder::~Encoder() = default;

const EncoderConfig& Encoder::config() const { return parts_->config; }
kernels::InstructionSet Encoder::instruction_set() const { return parts_->kernels->set; }
kernels::Precision Encoder::precision() const { return parts_->precision; }

std::size_t Encoder::memory_bytes() const {
  const EncoderLayers& layers = parts_->layers;
  return layers.memory.size() + layers.words.memory_bytes() + layers.places.size() * sizeof(float);
}

std::uint64_t Encoder::operations(const PackedBatch& batch) const {
  std::uint64_t sum = 0;
  const auto& layers = parts_->layers.layers;
  for (std::size_t i = 0; i + 1 < layers.size(); ++i) {
    sum += all_of(layers[i].query_key_value, batch.tokens());
    sum += after_attention(layers[i], batch.tokens());
  }
  const auto& last = layers.back();
  const std::size_t third = last.query_key_value.panels() / 3;
  sum += kernels::operations(last.query_key_value, batch.tokens(), 2 * third);
  sum += kernels::operations(last.query_key_value, batch.texts(), third);
  return sum + after_attention(last, batch.texts());
}

Workspace Encoder::workspace(std::size_t tokens) const {
  return Workspace(parts_->config, parts_->precision, tokens);
}

void Encoder::forward(const PackedBatch& batch, Workspace& workspace,
                      std::span<float> logits) const {
  ForwardPass(parts_->config, parts_->layers, *parts_->kernels, batch, workspace).run(logits);
}

}  // namespace dss::models
