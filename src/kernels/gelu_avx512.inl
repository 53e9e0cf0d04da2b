// GELU from a table in AVX-512 registers. Included by the files of AVX-512 and AMX.
#pragma once

#include <immintrin.h>

#include "kernels/vector_avx512.h"
#include "kernels/vector_math.inl"

namespace dss::kernels {
namespace {

/// Coefficients of Φ as quadratics on 31 segments about multiples of kWidth, numbers 1 to 31; from
/// the outermost ends on Φ is 0 and 1. Each goes through Φ at its middle and its ends.
struct PhiTable {
  static constexpr int kSegments = 32;
  static constexpr int kMiddle = 16;
  static constexpr double kWidth = 0.27;

  PhiTable() {
    for (int i = 1; i < kSegments; ++i) {
      const double at = (i - kMiddle) * kWidth;
      const double low = phi(i - 0.5 - kMiddle);
      const double middle = phi(i - kMiddle);
      const double high = phi(i + 0.5 - kMiddle);
      const double square = 2 * (low - 2 * middle + high) / (kWidth * kWidth);
      const double slope = (high - low) / kWidth;
      constant[i] = static_cast<float>(middle - slope * at + square * at * at);
      linear[i] = static_cast<float>(slope - 2 * square * at);
      quadratic[i] = static_cast<float>(square);
    }
  }

  static double phi(double segments) {
    if (segments >= kMiddle - 0.5) return 1;
    if (segments <= 0.5 - kMiddle) return 0;
    return 0.5 + 0.5 * __builtin_erf(segments * kWidth * 0.70710678118654752);
  }

  alignas(64) float constant[kSegments] = {};
  alignas(64) float linear[kSegments] = {};
  alignas(64) float quadratic[kSegments] = {};
};

/// x · Φ(x) to 6e-5.
template <typename V>
class RoughGelu<V, 16> {
 public:
  __m512 operator()(__m512 x) const {
    // The smaller of |x| and the bound, with the sign of x.
    const __m512 bounded = _mm512_range_ps(x, bound_, 0x2);
    // The sum's last bits are the number of the segment.
    const __m512i segment = _mm512_castps_si512(_mm512_fmadd_ps(bounded, inverse_, shift_));
    const __m512 sum = _mm512_fmadd_ps(quadratic_(segment), bounded, linear_(segment));
    return _mm512_mul_ps(x, _mm512_fmadd_ps(sum, bounded, constant_(segment)));
  }

 private:
  struct Row {
    explicit Row(const float* from) : low(_mm512_load_ps(from)), high(_mm512_load_ps(from + 16)) {}
    __m512 operator()(__m512i segment) const { return _mm512_permutex2var_ps(low, segment, high); }
    __m512 low;
    __m512 high;
  };

  static const PhiTable& table() {
    static const PhiTable kTable;
    return kTable;
  }

  Row constant_{table().constant};
  Row linear_{table().linear};
  Row quadratic_{table().quadratic};
  // Just within the last segment: at its end a number would be rounded out of it.
  __m512 bound_ = _mm512_set1_ps(static_cast<float>(15.499 * PhiTable::kWidth));
  __m512 inverse_ = _mm512_set1_ps(static_cast<float>(1 / PhiTable::kWidth));
  __m512 shift_ = _mm512_set1_ps(12582912.0F + PhiTable::kMiddle);  // 1.5 · 2²³
};

}  // namespace
}  // namespace dss::kernels
