#include "models/encoder/forward_pass.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace dss::models {
namespace {

using kernels::kPanel;
using kernels::kRowUnit;
using kernels::round_up;

kernels::Sums from_row(kernels::Sums sums, std::size_t row) {
  sums.data = static_cast<const std::int32_t*>(sums.data) + row * sums.stride;
  if (sums.row_scale != nullptr) sums.row_scale += row;
  return sums;
}

kernels::Sums from_column(kernels::Sums sums, std::size_t column) {
  sums.data = static_cast<const std::int32_t*>(sums.data) + column;
  if (sums.column_scale != nullptr) sums.column_scale += column;
  sums.bias += column;
  return sums;
}

kernels::LayerNorm view(const Norm& norm, float epsilon) {
  return {norm.gamma.data(), norm.beta.data(), epsilon};
}

float dot(const float* left, std::span<const float> right) {
  double sum = 0;
  for (std::size_t i = 0; i < right.size(); ++i) sum += double{left[i]} * right[i];
  return static_cast<float>(sum);
}

// Gives the tile registers back on every way out.
class Running {
 public:
  explicit Running(const kernels::EncoderKernels& kernels) : kernels_(kernels) { kernels_.begin(); }
  ~Running() { kernels_.end(); }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

 private:
  const kernels::EncoderKernels& kernels_;
};

}  // namespace

ForwardPass::ForwardPass(const EncoderConfig& config, const EncoderLayers& layers,
                         const kernels::EncoderKernels& kernels, const PackedBatch& batch,
                         Workspace& workspace)
    : config_(config),
      layers_(layers),
      kernels_(kernels),
      batch_(batch),
      space_(workspace),
      hidden_(round_up(config.hidden, kPanel)),
      inner_(round_up(config.inner, kPanel)) {}

void ForwardPass::run(std::span<float> logits) {
  const Running running(kernels_);
  embed();
  for (std::size_t i = 0; i + 1 < layers_.layers.size(); ++i) layer(layers_.layers[i]);
  last_layer(layers_.layers.back());
  const std::size_t labels = config_.labels.size();
  for (std::size_t text = 0; text < batch_.texts(); ++text) {
    classify(text, logits.subspan(text * labels, labels));
  }
}

void ForwardPass::embed() {
  for (std::size_t text = 0; text < batch_.texts(); ++text) {
    for (std::size_t i = 0; i < batch_.length(text); ++i) {
      const std::size_t row = batch_.begin[text] + i;
      const std::size_t id = batch_.ids[row];
      float* state = space_.states_.data() + row * hidden_;
      const float* place = layers_.places.data() + i * hidden_;
      if (layers_.words.is_int8()) {
        kernels_.embed(layers_.words.values(id), layers_.words.scale(id), place, hidden_, state);
      } else {
        const float* word = layers_.words.floats(id);
        for (std::size_t j = 0; j < hidden_; ++j) state[j] = word[j] + place[j];
      }
    }
  }
  kernels_.normalise(states(space_.states_.data()), batch_.tokens(),
                     view(layers_.embedding_norm, config_.epsilon), space_.encoded_.view());
}

kernels::Sums ForwardPass::sums_of(const kernels::PackedMatrix& matrix, const void* data,
                                   std::size_t stride, const float* row_scale) const {
  const bool scaled = matrix.precision() == kernels::Precision::kInt8;
  return {data, stride, row_scale, scaled ? matrix.scale() : nullptr, matrix.bias()};
}

// `query` are sums of the text's queries, which lie in the columns of head 0 and on.
void ForwardPass::attend(const EncoderLayer& layer, std::size_t text, kernels::Sums query,
                         std::size_t queries, float* out) {
  const auto all = sums_of(layer.query_key_value, space_.projected_.data(), 3 * hidden_,
                           space_.encoded_.view().scale);
  const auto rows = from_row(all, batch_.begin[text]);
  kernels_.attend({query, from_column(rows, hidden_), from_column(rows, 2 * hidden_), queries,
                   batch_.length(text), config_.heads, config_.head_width(), out, hidden_,
                   space_.attention_.data()});
}

void ForwardPass::layer(const EncoderLayer& layer) {
  const std::size_t rows = batch_.tokens();
  kernels_.multiply(space_.encoded_.view(), rows, layer.query_key_value,
                    {0, layer.query_key_value.panels()}, space_.projected_.data(), 3 * hidden_);
  const auto all = sums_of(layer.query_key_value, space_.projected_.data(), 3 * hidden_,
                           space_.encoded_.view().scale);
  for (std::size_t text = 0; text < batch_.texts(); ++text) {
    const std::size_t first = batch_.begin[text];
    attend(layer, text, from_row(all, first), batch_.length(text),
           space_.context_.data() + first * hidden_);
  }
  after_attention(layer, rows, space_.context_.data(), space_.states_.data(), space_.encoded_);
}

void ForwardPass::last_layer(const EncoderLayer& layer) {
  const std::size_t panels = hidden_ / kPanel;
  const std::size_t texts = batch_.texts();
  for (std::size_t text = 0; text < texts; ++text) {
    const std::size_t row = batch_.begin[text];
    space_.first_encoded_.copy_row(text, space_.encoded_, row);
    std::copy_n(space_.states_.data() + row * hidden_, hidden_,
                space_.first_states_.data() + text * hidden_);
  }
  kernels_.multiply(space_.encoded_.view(), batch_.tokens(), layer.query_key_value,
                    {panels, 2 * panels}, space_.projected_.data() + hidden_, 3 * hidden_);
  kernels_.multiply(space_.first_encoded_.view(), texts, layer.query_key_value, {0, panels},
                    space_.first_queries_.data(), hidden_);
  const auto queries = sums_of(layer.query_key_value, space_.first_queries_.data(), hidden_,
                               space_.first_encoded_.view().scale);
  for (std::size_t text = 0; text < texts; ++text) {
    attend(layer, text, from_row(queries, text), 1, space_.context_.data() + text * hidden_);
  }
  after_attention(layer, texts, space_.context_.data(), space_.first_states_.data(),
                  space_.first_encoded_);
}

void ForwardPass::after_attention(const EncoderLayer& layer, std::size_t rows, float* context,
                                  float* all_states, ActivationRows& encoded) {
  if (rows == 0) return;
  // Equal blocks: a short last one would use the products' tiles badly.
  const std::size_t blocks = (rows + kBlockRows - 1) / kBlockRows;
  const std::size_t step = round_up((rows + blocks - 1) / blocks, kRowUnit);
  void* sums = space_.sums_.data();
  for (std::size_t first = 0; first < rows; first += step) {
    const std::size_t count = std::min(step, rows - first);
    const auto outer = encoded.view(first);
    const auto inner = space_.encoded_inner_.view();
    const auto block = states(all_states + first * hidden_);
    kernels_.encode(states(context + first * hidden_), count, outer);
    kernels_.multiply(outer, count, layer.output, {0, hidden_ / kPanel}, sums, hidden_);
    kernels_.add_normalise(block, sums_of(layer.output, sums, hidden_, outer.scale), count,
                           view(layer.attention_norm, config_.epsilon), outer);
    kernels_.multiply(outer, count, layer.wide, {0, inner_ / kPanel}, sums, inner_);
    kernels_.activate(sums_of(layer.wide, sums, inner_, outer.scale), count, inner_,
                      config_.activation, space_.row_.data(), inner);
    kernels_.multiply(inner, count, layer.narrow, {0, hidden_ / kPanel}, sums, hidden_);
    kernels_.add_normalise(block, sums_of(layer.narrow, sums, hidden_, inner.scale), count,
                           view(layer.output_norm, config_.epsilon), outer);
  }
}

void ForwardPass::classify(std::size_t text, std::span<float> logits) const {
  const float* state = space_.first_states_.data() + text * hidden_;
  float* pooled = space_.context_.data();  // no layer needs it any more
  std::copy_n(state, config_.hidden, pooled);
  const Dense& pooler = layers_.pooler;
  for (std::size_t i = 0; i < pooler.weights.size(); ++i) {
    const float value = dot(state, pooler.weights[i]) + pooler.bias[i];
    pooled[i] = config_.family == EncoderFamily::kBert ? std::tanh(value) : std::max(value, 0.0F);
  }
  for (std::size_t label = 0; label < logits.size(); ++label) {
    logits[label] = dot(pooled, layers_.classifier.weights[label]) + layers_.classifier.bias[label];
  }
}

}  // namespace dss::models
