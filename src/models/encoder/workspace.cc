#include "models/encoder/workspace.h"

#include <cstring>

#include "models/encoder/forward_pass.h"

namespace dss::models {

using kernels::round_up;

ActivationRows::ActivationRows(std::size_t rows, std::size_t width, kernels::Precision precision)
    : stride_(round_up(width, kernels::kInputUnit) * kernels::activation_bytes(precision)),
      data_(rows * stride_),
      scale_(rows) {}

kernels::Activations ActivationRows::view(std::size_t first_row) {
  return {data_.data() + first_row * stride_, stride_, scale_.data() + first_row};
}

void ActivationRows::copy_row(std::size_t to, const ActivationRows& from, std::size_t row) {
  std::memcpy(data_.data() + to * stride_, from.data_.data() + row * stride_, stride_);
  scale_[to] = from.scale_[row];
}

Workspace::Workspace(const EncoderConfig& config, kernels::Precision precision, std::size_t tokens)
    : tokens_(tokens) {
  const std::size_t rows = round_up(tokens, kernels::kRowUnit);
  const std::size_t hidden = round_up(config.hidden, kernels::kPanel);
  const std::size_t inner = round_up(config.inner, kernels::kPanel);
  const std::size_t block = ForwardPass::kBlockRows;
  states_ = base::HugeArray<float>(rows * hidden);
  context_ = base::HugeArray<float>(rows * hidden);
  projected_ = base::HugeArray<std::int32_t>(rows * 3 * hidden);
  sums_ = base::HugeArray<std::int32_t>(block * std::max(inner, hidden));
  row_ = base::HugeArray<float>(inner);
  attention_ = base::HugeArray<std::byte>(
      kernels::attention_scratch(std::min(tokens, config.positions), config.head_width()));
  encoded_ = ActivationRows(rows, config.hidden, precision);
  encoded_inner_ = ActivationRows(block, config.inner, precision);
  first_states_ = base::HugeArray<float>(rows * hidden);
  first_queries_ = base::HugeArray<std::int32_t>(rows * hidden);
  first_encoded_ = ActivationRows(rows, config.hidden, precision);
}

}  // namespace dss::models
