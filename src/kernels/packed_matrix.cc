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

// The largest sum of weights of one sign that meet in a 16-bit lane: inputs 0, 1, 4, 5 of eight in
// one, 2, 3, 6, 7 in the other. Eight bytes at once, as each start of the program does it for every
// weight.
std::int32_t largest_lane(std::span<const std::int8_t> values) {
  static_assert(kNarrowGroups == 2);
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  constexpr std::uint64_t kEven = 0x00FF00FF00FF00FF;
  const auto sums = [](std::uint64_t bytes) {
    const std::uint64_t pairs = (bytes & kEven) + (bytes >> 8 & kEven);
    return pairs + (pairs >> 32);
  };
  std::uint64_t largest = 0;
  for (std::size_t i = 0; i < values.size(); i += sizeof(std::uint64_t)) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, &values[i], std::min(sizeof(bytes), values.size() - i));
    const std::uint64_t negative = bytes >> 7 & kOnes;
    const std::uint64_t mask = negative * 0xFF;
    const std::uint64_t positive_sums = sums(bytes & ~mask);
    const std::uint64_t negative_sums = sums(((bytes ^ mask) + negative) & mask);
    for (const std::uint64_t both : {positive_sums, negative_sums}) {
      largest = std::max({largest, both & 0xFFFF, both >> 16 & 0xFFFF});
    }
  }
  return static_cast<std::int32_t>(largest);
}

// Values of a scale 1 / factor times as large, so that no lane passes kNarrowLimit; 1 and the
// values themselves where that is so already. Answers the factor.
float fit_lanes(std::span<const std::int8_t> values, std::vector<std::int8_t>* fitted) {
  constexpr std::int32_t kOne = 1 << 16;
  constexpr std::int32_t kTry = kOne / 128;  // rounding can pass the limit again by a little
  fitted->assign(values.begin(), values.end());
  std::int32_t largest = largest_lane(*fitted);
  std::int32_t factor = largest > kNarrowLimit ? kNarrowLimit * kOne / largest : kOne;
  for (; largest > kNarrowLimit; factor -= kTry) {
    std::transform(values.begin(), values.end(), fitted->begin(), [factor](std::int8_t value) {
      return static_cast<std::int8_t>((value * factor + kOne / 2) >> 16);
    });
    largest = largest_lane(*fitted);
    if (largest <= kNarrowLimit) break;
  }
  return static_cast<float>(factor) / kOne;
}

}  // namespace

PackedMatrix::PackedMatrix(Precision precision, std::size_t inputs, std::size_t outputs,
                           bool narrow, std::byte* memory)
    : precision_(precision),
      narrow_(narrow && precision == Precision::kInt8),
      inputs_(inputs),
      panel_bytes_(bytes_for(precision, inputs, kPanel)),
      data_(memory),
      bias_(round_up(outputs, kPanel)) {
  if (precision != Precision::kInt8) return;
  scale_.resize(bias_.size());
  correction_.resize(bias_.size());
}

PackedMatrix::PackedMatrix(Precision precision, std::size_t inputs, std::size_t outputs,
                           bool narrow)
    : PackedMatrix(precision, inputs, outputs, narrow, nullptr) {
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
  std::vector<std::int8_t> fitted;
  if (narrow_) {
    scale /= fit_lanes(values, &fitted);
    values = fitted;
  }
  bias_[output] = bias;
  scale_[output] = scale;
  correction_[output] = -kOffset * std::accumulate(values.begin(), values.end(), 0);
  scatter<std::int8_t>(output, group_of(precision_), values);
}

}  // namespace dss::kernels
