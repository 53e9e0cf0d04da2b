// One number as a "vector": what the kernels' source is compiled for where nothing better is known,
// and the reference for the others.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/bfloat16.h"

namespace dss::kernels {
namespace {

struct ScalarVector {
  using Float = float;
  static constexpr std::size_t kLanes = 1;

  static Float load(const float* at) { return *at; }
  static Float load(const std::int32_t* at) { return static_cast<float>(*at); }
  static Float load(const std::int8_t* at) { return static_cast<float>(*at); }
  static void store(float* at, Float x) { *at = x; }
  static Float set(float x) { return x; }
  static Float add(Float a, Float b) { return a + b; }
  static Float sub(Float a, Float b) { return a - b; }
  static Float mul(Float a, Float b) { return a * b; }
  static Float div(Float a, Float b) { return a / b; }
  static Float fma(Float a, Float b, Float c) { return a * b + c; }
  static Float min(Float a, Float b) { return a < b ? a : b; }
  static Float max(Float a, Float b) { return a > b ? a : b; }
  static Float abs(Float a) { return __builtin_fabsf(a); }
  /// |a| with the sign of b.
  static Float max_abs(Float a, Float b) { return max(a, abs(b)); }
  static Float copy_sign(Float a, Float b) { return __builtin_copysignf(a, b); }
  static Float round(Float a) { return __builtin_nearbyintf(a); }
  /// x · 2^n for whole n from -126 to 127.
  static Float scale(Float x, Float n) { return __builtin_ldexpf(x, static_cast<int>(n)); }
  static float sum(Float a) { return a; }
  static float largest(Float a) { return a; }
  /// round(x) + 128 as bytes.
  static void store_u8(std::uint8_t* at, Float x) {
    *at = static_cast<std::uint8_t>(static_cast<int>(__builtin_nearbyintf(x)) + 128);
  }
  static void store_bf16(std::uint16_t* at, Float x) { *at = to_bfloat16(x); }
  static Float load_bf16(const std::uint16_t* at) { return from_bfloat16(*at); }
};

}  // namespace
}  // namespace dss::kernels
