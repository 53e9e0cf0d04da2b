// Products of bf16 matrices on AMX tiles; those of int8 stand in int8_gemm.h.
#pragma once

#include <cstddef>

#include "kernels/int8_gemm.h"
#include "kernels/packed_matrix.h"

namespace dss::kernels {

/// out = a · wᵀ with sums in fp32. `a` is bf16 [rows, a_stride bytes]; rows up to a multiple of
/// kRowUnit are read and written. Thread-safe. REQUIRES: AMX, and between amx_begin() and
/// amx_end().
void bf16_gemm_amx(const std::byte* a, std::size_t a_stride, std::size_t rows,
                   const PackedMatrix& w, Panels panels, float* out, std::size_t out_stride);

}  // namespace dss::kernels
