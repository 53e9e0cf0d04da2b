// Four floats in a NEON register; see vector_scalar.h for what each function means.
#pragma once

#include <arm_neon.h>

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace dss::kernels {
namespace {

struct NeonVector {
  using Float = float32x4_t;
  static constexpr std::size_t kLanes = 4;

  static Float load(const float* at) { return vld1q_f32(at); }
  static Float load(const std::int32_t* at) { return vcvtq_f32_s32(vld1q_s32(at)); }
  static Float load(const std::int8_t* at) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, at, 4);
    return vcvtq_f32_s32(vmovl_s16(vget_low_s16(vmovl_s8(vcreate_s8(bytes)))));
  }
  static void store(float* at, Float x) { vst1q_f32(at, x); }
  static Float set(float x) { return vdupq_n_f32(x); }
  static Float add(Float a, Float b) { return vaddq_f32(a, b); }
  static Float sub(Float a, Float b) { return vsubq_f32(a, b); }
  static Float mul(Float a, Float b) { return vmulq_f32(a, b); }
  static Float div(Float a, Float b) { return vdivq_f32(a, b); }
  static Float fma(Float a, Float b, Float c) { return vfmaq_f32(c, a, b); }
  static Float min(Float a, Float b) { return vminq_f32(a, b); }
  static Float max(Float a, Float b) { return vmaxq_f32(a, b); }
  static Float abs(Float a) { return vabsq_f32(a); }
  static Float max_abs(Float a, Float b) { return max(a, abs(b)); }
  static Float copy_sign(Float a, Float b) { return vbslq_f32(vdupq_n_u32(0x80000000U), b, a); }
  static Float round(Float a) { return vrndnq_f32(a); }
  static Float scale(Float x, Float n) {
    const int32x4_t exponent = vshlq_n_s32(vaddq_s32(vcvtnq_s32_f32(n), vdupq_n_s32(127)), 23);
    return vmulq_f32(x, vreinterpretq_f32_s32(exponent));
  }
  static float sum(Float a) { return vaddvq_f32(a); }
  static float largest(Float a) { return vmaxvq_f32(a); }
  static void store_u8(std::uint8_t* at, Float x) {
    const int16x4_t words = vqmovn_s32(vcvtnq_s32_f32(x));
    const int8x8_t bytes = vqmovn_s16(vcombine_s16(words, words));
    const uint8x8_t encoded = veor_u8(vreinterpret_u8_s8(bytes), vdup_n_u8(0x80));
    const std::uint32_t four = vget_lane_u32(vreinterpret_u32_u8(encoded), 0);
    std::memcpy(at, &four, sizeof four);
  }
  static void store_bf16(std::uint16_t* at, Float x) {
    const uint32x4_t bits = vreinterpretq_u32_f32(x);
    const uint32x4_t odd = vandq_u32(vshrq_n_u32(bits, 16), vdupq_n_u32(1));
    vst1_u16(at, vshrn_n_u32(vaddq_u32(bits, vaddq_u32(odd, vdupq_n_u32(0x7FFF))), 16));
  }
  static Float load_bf16(const std::uint16_t* at) {
    return vreinterpretq_f32_u32(vshll_n_u16(vld1_u16(at), 16));
  }
};

}  // namespace
}  // namespace dss::kernels
