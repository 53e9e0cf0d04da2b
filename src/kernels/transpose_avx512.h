// 16 × 16 numbers of 32 bits turned over in AVX-512 registers.
#pragma once

#include <immintrin.h>

#include <cstddef>

namespace dss::kernels {
namespace {

/// to[j, i] = from[i, j] of 32 bits each; rows of `from` lie `stride` bytes apart, those of `to`
/// end to end.
inline void transpose_16(const void* from, std::size_t stride, void* to) {
  constexpr std::size_t kSide = 16;
  const auto* rows = static_cast<const std::byte*>(from);
  auto* columns = static_cast<std::byte*>(to);
  __m512i a[kSide];
  __m512i b[kSide];
#pragma GCC unroll 16
  for (std::size_t i = 0; i < kSide; ++i) a[i] = _mm512_loadu_si512(rows + i * stride);
#pragma GCC unroll 8
  for (std::size_t i = 0; i < kSide; i += 2) {
    b[i] = _mm512_unpacklo_epi32(a[i], a[i + 1]);
    b[i + 1] = _mm512_unpackhi_epi32(a[i], a[i + 1]);
  }
#pragma GCC unroll 4
  for (std::size_t i = 0; i < kSide; i += 4) {
    a[i] = _mm512_unpacklo_epi64(b[i], b[i + 2]);
    a[i + 1] = _mm512_unpackhi_epi64(b[i], b[i + 2]);
    a[i + 2] = _mm512_unpacklo_epi64(b[i + 1], b[i + 3]);
    a[i + 3] = _mm512_unpackhi_epi64(b[i + 1], b[i + 3]);
  }
#pragma GCC unroll 2
  for (std::size_t i = 0; i < kSide; i += 8) {
#pragma GCC unroll 4
    for (std::size_t j = 0; j < 4; ++j) {
      b[i + j] = _mm512_shuffle_i32x4(a[i + j], a[i + j + 4], 0x88);
      b[i + j + 4] = _mm512_shuffle_i32x4(a[i + j], a[i + j + 4], 0xDD);
    }
  }
#pragma GCC unroll 8
  for (std::size_t j = 0; j < 8; ++j) {
    _mm512_storeu_si512(columns + j * 64, _mm512_shuffle_i32x4(b[j], b[j + 8], 0x88));
    _mm512_storeu_si512(columns + (j + 8) * 64, _mm512_shuffle_i32x4(b[j], b[j + 8], 0xDD));
  }
}

}  // namespace
}  // namespace dss::kernels
