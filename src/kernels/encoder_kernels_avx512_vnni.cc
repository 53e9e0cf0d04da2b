#include "kernels/encoder_kernels.h"

#if defined(__x86_64__)

#include "kernels/attention_avx512_vnni.inl"
#include "kernels/encoder_kernels.inl"
#include "kernels/gelu_avx512.inl"
#include "kernels/vector_avx512.h"
#include "kernels/vector_scalar.h"

namespace dss::kernels {

namespace {

EncoderKernelTable make_table() {
  EncoderKernelTable table =
      table_of<Avx512Vector, int8_gemm_avx512_vnni>(InstructionSet::kAvx512Vnni);
  table[0].attend = attend_in_words<Precision::kInt8>;
  table[1].attend = attend_in_words<Precision::kBf16>;
  return table;
}

}  // namespace

const EncoderKernelTable& encoder_kernels_avx512_vnni() {
  static const EncoderKernelTable kTable = make_table();
  return kTable;
}

}  // namespace dss::kernels

#endif
