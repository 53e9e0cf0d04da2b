// Products of 8-bit activations and weights: the inner loop of the encoder.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/instruction_set.h"
#include "kernels/packed_matrix.h"

namespace dss::kernels {

/// Activations and weights are worked on in blocks of this many rows: arrays must hold a multiple.
inline constexpr std::size_t kRowUnit = 16;

/// A of a product A · Wᵀ.
struct Int8Rows {
  const std::uint8_t* data = nullptr;  ///< value + kOffset, [rows, stride]
  std::size_t stride = 0;              ///< bytes, at least padded_inputs()
  std::size_t rows = 0;                ///< up to a multiple of kRowUnit they are read, and ignored
};

struct Panels {
  std::size_t first = 0;
  std::size_t count = 0;
};

/// Sums [rows, stride]; rows up to a multiple of kRowUnit are written.
struct Int32Rows {
  std::int32_t* data = nullptr;
  std::size_t stride = 0;  ///< numbers
};

/// out[r, 16·p + c] = Σ_i a[r, i] · w[16·(first + p) + c, i] with a the signed values: exact, so
/// that every version gives the same for the same matrix. Thread-safe. REQUIRES: inputs ≤ 65,536.
using Int8Gemm = void (*)(const Int8Rows& a, const PackedMatrix& w, Panels panels,
                          const Int32Rows& out);

[[nodiscard]] Int8Gemm int8_gemm(InstructionSet set);

/// Whether that version needs matrices made with `narrow`; the others take any.
[[nodiscard]] constexpr bool wants_narrow(InstructionSet set) {
  return set == InstructionSet::kAvx2;
}

/// REQUIRES of each: that instruction set; of AMX, to be between amx_begin() and amx_end().
void int8_gemm_scalar(const Int8Rows&, const PackedMatrix&, Panels, const Int32Rows&);
void int8_gemm_avx2(const Int8Rows&, const PackedMatrix&, Panels, const Int32Rows&);
void int8_gemm_avx_vnni(const Int8Rows&, const PackedMatrix&, Panels, const Int32Rows&);
void int8_gemm_avx512_vnni(const Int8Rows&, const PackedMatrix&, Panels, const Int32Rows&);
void int8_gemm_amx(const Int8Rows&, const PackedMatrix&, Panels, const Int32Rows&);
void int8_gemm_neon(const Int8Rows&, const PackedMatrix&, Panels, const Int32Rows&);
void int8_gemm_neon_dot(const Int8Rows&, const PackedMatrix&, Panels, const Int32Rows&);

}  // namespace dss::kernels
