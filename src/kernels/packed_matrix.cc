#include "kernels/packed_matrix.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>

#include "kernels/bfloat16.h"

namespace dss::kernels {
namespace {

std::size_t element_bytes(Precision precision) {
  switch (precision) {
    case Precision::kInt8:
      return sizeof(std::int8_t);
    case Precision::kBf16:
      return sizeof(std::uint16_t);
    case Precision::kFp32:
      break;
  }
  return sizeof(float);
}

std::size_t group_of(Precision precision) { return sizeof(float) / element_bytes(precision); }

std::vector<std::int8_t> quantise(std::span<const float> weights, float scale) {
  std::vector<std::int8_t> values(weights.size());
  std::transform(weights.begin(), weights.end(), values.begin(), [scale](float weight) {
    return static_cast<std::int8_t>(
        std::clamp(std::nearbyint(weight / scale), -kLargestInt8, kLargestInt8));
  });
  return values;
}

float scale_for(std::span<const float> weights) {
  float largest = 0;
  for (const float weight : weights) largest = std::max(largest, std::abs(weight));
  return (largest > 0 ? largest : 1.0F) / kLargestInt8;
}

}  // namespace

PackedMatrix::PackedMatrix(Precision precision, std::size_t inputs, std::size_t outputs,
                           std::byte* memory)
    : precision_(precision),
      inputs_(inputs),
      panel_bytes_(bytes_for(precision, inputs, kPanel)),
      data_(memory),
      bias_(round_up(outputs, kPanel)) {
  if (precision != Precision::kInt8) return;
  scale_.resize(bias_.size());
  correction_.resize(bias_.size());
}

PackedMatrix::PackedMatrix(Precision precision, std::size_t inputs, std::size_t outputs)
    : PackedMatrix(precision, inputs, outputs, nullptr) {
  own_ = base::HugeArray<std::byte>(bytes_for(precision, inputs, outputs));
  data_ = own_.data();
}

std::size_t PackedMatrix::bytes_for(Precision precision, std::size_t inputs, std::size_t outputs) {
  return round_up(inputs, kInputUnit) * round_up(outputs, kPanel) * element_bytes(precision);
}

template <typename Element>
void PackedMatrix::scatter(std::size_t output, std::size_t group, std::span<const Element> values) {
  std::byte* to =
      data_ + output / kPanel * panel_bytes_ + output % kPanel * group * sizeof(Element);
  for (std::size_t i = 0; i < values.size(); i += group) {
    std::memcpy(to, &values[i], std::min(group, values.size() - i) * sizeof(Element));
    to += kPanel * group * sizeof(Element);
  }
}

void PackedMatrix::set_output(std::size_t output, std::span<const float> weights, float bias) {
  bias_[output] = bias;
  const std::size_t group = group_of(precision_);
  if (precision_ == Precision::kInt8) {
    const float scale = scale_for(weights);
    set_output(output, quantise(weights, scale), scale, bias);
  } else if (precision_ == Precision::kBf16) {
    std::vector<std::uint16_t> values(weights.size());
    std::transform(weights.begin(), weights.end(), values.begin(), to_bfloat16);
    scatter<std::uint16_t>(output, group, values);
  } else {
    scatter<float>(output, group, weights);
  }
}

void PackedMatrix::set_output(std::size_t output, std::span<const std::int8_t> values, float scale,
                              float bias) {
  if (precision_ != Precision::kInt8) {
    std::vector<float> weights(values.size());
    std::transform(values.begin(), values.end(), weights.begin(),
                   [scale](std::int8_t value) { return scale * static_cast<float>(value); });
    return set_output(output, weights, bias);
  }
  bias_[output] = bias;
  scale_[output] = scale;
  correction_[output] = -kOffset * std::accumulate(values.begin(), values.end(), 0);
  scatter<std::int8_t>(output, group_of(precision_), values);
}

}  // namespace dss::kernels
