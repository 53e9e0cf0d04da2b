// Sixteen floats in an AVX-512 register; see vector_scalar.h for what each function means.
#pragma once

#include <immintrin.h>

#include <cstddef>
#include <cstdint>

namespace dss::kernels {
namespace {

struct Avx512Vector {
  using Float = __m512;
  static constexpr std::size_t kLanes = 16;

  static Float load(const float* at) { return _mm512_loadu_ps(at); }
  static Float load(const std::int32_t* at) { return _mm512_cvtepi32_ps(_mm512_loadu_si512(at)); }
  static Float load(const std::int8_t* at) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    return _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(bytes));
  }
  static void store(float* at, Float x) { _mm512_storeu_ps(at, x); }
  static Float set(float x) { return _mm512_set1_ps(x); }
  static Float add(Float a, Float b) { return _mm512_add_ps(a, b); }
  static Float sub(Float a, Float b) { return _mm512_sub_ps(a, b); }
  static Float mul(Float a, Float b) { return _mm512_mul_ps(a, b); }
  static Float div(Float a, Float b) { return _mm512_div_ps(a, b); }
  static Float fma(Float a, Float b, Float c) { return _mm512_fmadd_ps(a, b, c); }
  static Float min(Float a, Float b) { return _mm512_min_ps(a, b); }
  static Float max(Float a, Float b) { return _mm512_max_ps(a, b); }
  static Float abs(Float a) { return _mm512_abs_ps(a); }
  // Of non-negative `a`: 0xB picks the larger absolute value and clears its sign.
  static Float max_abs(Float a, Float b) { return _mm512_range_ps(a, b, 0xB); }
  static Float copy_sign(Float a, Float b) {
    // 0xD8: for each bit, b where the mask is set, otherwise a.
    const __m512i sign = _mm512_set1_epi32(static_cast<int>(0x80000000U));
    return _mm512_castsi512_ps(
        _mm512_ternarylogic_epi32(_mm512_castps_si512(a), _mm512_castps_si512(b), sign, 0xD8));
  }
  static Float round(Float a) {
    return _mm512_roundscale_ps(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
  }
  static Float scale(Float x, Float n) { return _mm512_scalef_ps(x, n); }
  static float sum(Float a) { return _mm512_reduce_add_ps(a); }
  static float largest(Float a) { return _mm512_reduce_max_ps(a); }
  static void store_u8(std::uint8_t* at, Float x) {
    const __m128i bytes = _mm512_cvtsepi32_epi8(_mm512_cvtps_epi32(x));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(at),
                     _mm_xor_si128(bytes, _mm_set1_epi8(static_cast<char>(0x80))));
  }
  static void store_64_u8(std::uint8_t* at, const float* values, Float factor) {
    const auto four = [&](std::size_t i) {
      return _mm512_cvtps_epi32(mul(load(values + i), factor));
    };
    const __m512i low = _mm512_packs_epi32(four(0), four(16));
    const __m512i high = _mm512_packs_epi32(four(32), four(48));
    // Packing works within quarters of registers: their parts go back to their places.
    const __m512i order = _mm512_setr_epi32(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
    const __m512i bytes = _mm512_permutexvar_epi32(order, _mm512_packs_epi16(low, high));
    _mm512_storeu_si512(at, _mm512_xor_si512(bytes, _mm512_set1_epi8(static_cast<char>(0x80))));
  }
  static void store_bf16(std::uint16_t* at, Float x) {
    const __m512i bits = _mm512_castps_si512(x);
    const __m512i odd = _mm512_and_si512(_mm512_srli_epi32(bits, 16), _mm512_set1_epi32(1));
    const __m512i rounded =
        _mm512_add_epi32(bits, _mm512_add_epi32(odd, _mm512_set1_epi32(0x7FFF)));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(at),
                        _mm512_cvtepi32_epi16(_mm512_srli_epi32(rounded, 16)));
  }
  static Float load_bf16(const std::uint16_t* at) {
    const __m256i words = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
    return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(words), 16));
  }
};

}  // namespace
}  // namespace dss::kernels
