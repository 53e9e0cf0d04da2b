// Every step of an encoder's layer, one set of functions for each instruction set.
//
// A layer goes: product → attention → product → add and normalise → product → activate → product →
// add and normalise. Products leave raw sums; the step that reads them next multiplies with the
// scales and adds the bias, so that nothing is written that is only read once.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "kernels/instruction_set.h"
#include "kernels/int8_gemm.h"
#include "kernels/packed_matrix.h"

namespace dss::kernels {

/// Inputs of a product. Rows are encoded: u8 with kOffset and a scale of their own, bf16 or fp32.
struct Activations {
  std::byte* data = nullptr;  ///< [rows, stride]
  std::size_t stride = 0;     ///< bytes
  float* scale = nullptr;     ///< of each row; int8 only
};

/// What a product leaves: int32 for int8 weights, otherwise fp32.
struct Sums {
  const void* data = nullptr;           ///< [rows, stride], 4 bytes each
  std::size_t stride = 0;               ///< numbers
  const float* row_scale = nullptr;     ///< of the activations; int8 only
  const float* column_scale = nullptr;  ///< of the weights; int8 only
  const float* bias = nullptr;          ///< of each column
};

/// γ and β with zeros up to a multiple of kPanel.
struct LayerNorm {
  const float* gamma = nullptr;
  const float* beta = nullptr;
  float epsilon = 0;
};

/// Hidden states in fp32, [rows, stride]; columns from `width` to a multiple of kPanel are zero.
struct States {
  float* data = nullptr;
  std::size_t stride = 0;  ///< numbers
  std::size_t width = 0;
};

enum class Activation : std::uint8_t { kGelu, kRelu };

/// One text's attention: queries of `queries` rows over keys and values of `length` rows.
struct AttentionTask {
  Sums query;  ///< first column: of head 0
  Sums key;
  Sums value;
  std::size_t queries = 0;
  std::size_t length = 0;
  std::size_t heads = 0;
  std::size_t head_width = 0;
  float* out = nullptr;          ///< [queries, out_stride]
  std::size_t out_stride = 0;    ///< numbers
  std::byte* scratch = nullptr;  ///< attention_scratch() bytes, aligned to 64
};

/// Bytes of scratch for texts of `length` rows at most.
[[nodiscard]] std::size_t attention_scratch(std::size_t length, std::size_t head_width);

struct EncoderKernels {
  InstructionSet set = InstructionSet::kScalar;

  /// Called by a thread before the others and after them.
  void (*begin)() = nullptr;
  void (*end)() = nullptr;

  /// out = a · wᵀ for some panels of `w`; rows of both arrays are a multiple of kRowUnit.
  void (*multiply)(const Activations& a, std::size_t rows, const PackedMatrix& w, Panels panels,
                   void* out, std::size_t out_stride) = nullptr;

  /// out = scale · values + added, for `width` numbers, a multiple of kPanel.
  void (*embed)(const std::int8_t* values, float scale, const float* added, std::size_t width,
                float* out) = nullptr;
  /// states = norm(states), encoded too.
  void (*normalise)(const States& states, std::size_t rows, const LayerNorm& norm,
                    const Activations& out) = nullptr;
  /// states = norm(states + sums), encoded too.
  void (*add_normalise)(const States& states, const Sums& sums, std::size_t rows,
                        const LayerNorm& norm, const Activations& out) = nullptr;
  /// out = activation(sums), encoded; `width` columns.
  void (*activate)(const Sums& sums, std::size_t rows, std::size_t width, Activation activation,
                   float* scratch, const Activations& out) = nullptr;
  /// out = states, encoded.
  void (*encode)(const States& states, std::size_t rows, const Activations& out) = nullptr;

  void (*attend)(const AttentionTask& task) = nullptr;
};

/// Kernels for weights and activations of `precision`. REQUIRES: `set` is available.
[[nodiscard]] const EncoderKernels& encoder_kernels(InstructionSet set, Precision precision);

/// Bytes of an element of encoded activations.
[[nodiscard]] constexpr std::size_t activation_bytes(Precision precision) {
  return precision == Precision::kInt8 ? 1 : precision == Precision::kBf16 ? 2 : 4;
}

/// The versions behind encoder_kernels, indexed by Precision.
using EncoderKernelTable = std::array<EncoderKernels, 3>;
[[nodiscard]] const EncoderKernelTable& encoder_kernels_scalar();
[[nodiscard]] const EncoderKernelTable& encoder_kernels_avx2();
[[nodiscard]] const EncoderKernelTable& encoder_kernels_avx_vnni();
[[nodiscard]] const EncoderKernelTable& encoder_kernels_avx512_vnni();
[[nodiscard]] const EncoderKernelTable& encoder_kernels_amx();
[[nodiscard]] const EncoderKernelTable& encoder_kernels_neon();
[[nodiscard]] const EncoderKernelTable& encoder_kernels_neon_dot();

}  // namespace dss::kernels
