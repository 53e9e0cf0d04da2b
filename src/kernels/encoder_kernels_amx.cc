#include "kernels/encoder_kernels.h"

#if defined(__x86_64__)

#include "kernels/amx_gemm.h"
#include "kernels/amx_tiles.h"
#include "kernels/attention_amx.inl"
#include "kernels/encoder_kernels.inl"
#include "kernels/gelu_avx512.inl"
#include "kernels/vector_amx.h"

namespace dss::kernels {
namespace {

void multiply_bf16(const Activations& a, std::size_t rows, const PackedMatrix& w, Panels panels,
                   void* out, std::size_t out_stride) {
  bf16_gemm_amx(a.data, a.stride, rows, w, panels, static_cast<float*>(out), out_stride);
}

EncoderKernelTable make_table() {
  EncoderKernelTable table = table_of<AmxVector, int8_gemm_amx>(InstructionSet::kAmx);
  for (const Precision precision : {Precision::kInt8, Precision::kBf16}) {
    EncoderKernels& kernels = table[static_cast<std::size_t>(precision)];
    kernels.begin = amx_begin;
    kernels.end = amx_end;
  }
  table[0].attend = attend_on_tiles<Precision::kInt8>;
  table[1].attend = attend_on_tiles<Precision::kBf16>;
  table[1].multiply = multiply_bf16;
  return table;
}

}  // namespace

const EncoderKernelTable& encoder_kernels_amx() {
  static const EncoderKernelTable kTable = make_table();
  return kTable;
}

}  // namespace dss::kernels

#endif
