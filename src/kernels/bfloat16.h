// bfloat16: the upper half of a 32-bit float.
#pragma once

#include <bit>
#include <cstdint>

namespace dss::kernels {

/// Rounded to nearest, ties to even. REQUIRES: finite.
[[nodiscard]] inline std::uint16_t to_bfloat16(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  return static_cast<std::uint16_t>((bits + 0x7FFFU + ((bits >> 16) & 1U)) >> 16);
}

[[nodiscard]] inline float from_bfloat16(std::uint16_t value) {
  return std::bit_cast<float>(std::uint32_t{value} << 16);
}

}  // namespace dss::kernels
