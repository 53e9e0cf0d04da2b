#include "kernels/encoder_kernels.h"

#if defined(__x86_64__)

#include "kernels/encoder_kernels.inl"
#include "kernels/vector_avx512.h"
#include "kernels/vector_scalar.h"

namespace dss::kernels {

const EncoderKernelTable& encoder_kernels_avx512_vnni() {
  static const EncoderKernelTable kTable =
      table_of<Avx512Vector, int8_gemm_avx512_vnni>(InstructionSet::kAvx512Vnni);
  return kTable;
}

}  // namespace dss::kernels

#endif
