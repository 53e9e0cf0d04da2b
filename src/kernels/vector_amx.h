// Avx512Vector for processors with AMX.
#pragma once

#include <immintrin.h>

#include <cstdint>

#include "kernels/vector_avx512.h"

namespace dss::kernels {
namespace {

/// Every processor with AMX rounds to bf16 by itself.
struct AmxVector : Avx512Vector {
  static void store_bf16(std::uint16_t* at, Float x) {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(at), (__m256i)_mm512_cvtneps_pbh(x));
  }
};

}  // namespace
}  // namespace dss::kernels
