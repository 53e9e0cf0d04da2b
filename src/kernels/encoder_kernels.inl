// Puts one instruction set's table together. Included last by each instruction set's file.
#pragma once

#include "kernels/attention.inl"
#include "kernels/encoder_kernels.h"
#include "kernels/float_gemm.inl"
#include "kernels/row_operations.inl"
#include "kernels/vector_scalar.h"

namespace dss::kernels {
namespace {

inline void nothing() {}

template <Int8Gemm kGemm>
void multiply_int8(const Activations& a, std::size_t rows, const PackedMatrix& w, Panels panels,
                   void* out, std::size_t out_stride) {
  kGemm({reinterpret_cast<const std::uint8_t*>(a.data), a.stride, rows}, w, panels,
        {static_cast<std::int32_t*>(out), out_stride});
}

/// Heads whose width is no multiple of V's lanes are read number by number.
template <typename V, Precision kPrecision>
void attend(const AttentionTask& task) {
  if (task.head_width % V::kLanes == 0) return attend_with<V, kPrecision>(task);
  attend_with<ScalarVector, kPrecision>(task);
}

template <typename V>
void embed(const std::int8_t* values, float scale, const float* added, std::size_t width,
           float* out) {
  const auto factor = V::set(scale);
  for (std::size_t i = 0; i < width; i += V::kLanes) {
    V::store(out + i, V::fma(factor, V::load(values + i), V::load(added + i)));
  }
}

template <typename V, Precision kPrecision>
EncoderKernels kernels_of(InstructionSet set) {
  EncoderKernels kernels;
  kernels.set = set;
  kernels.begin = nothing;
  kernels.end = nothing;
  kernels.embed = embed<V>;
  kernels.normalise = normalise<V, kPrecision>;
  kernels.add_normalise = add_normalise<V, kPrecision>;
  kernels.activate = activate<V, kPrecision>;
  kernels.encode = encode<V, kPrecision>;
  kernels.attend = attend<V, kPrecision>;
  if constexpr (kPrecision != Precision::kInt8) {
    kernels.multiply = multiply_floats<V, kPrecision>;
  }
  return kernels;
}

template <typename V, Int8Gemm kGemm>
EncoderKernelTable table_of(InstructionSet set) {
  EncoderKernelTable table = {kernels_of<V, Precision::kInt8>(set),
                              kernels_of<V, Precision::kBf16>(set),
                              kernels_of<V, Precision::kFp32>(set)};
  table[0].multiply = multiply_int8<kGemm>;
  return table;
}

}  // namespace
}  // namespace dss::kernels
