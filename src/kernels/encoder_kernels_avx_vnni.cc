#include "kernels/encoder_kernels.h"

#if defined(__x86_64__)

#include "kernels/encoder_kernels.inl"
#include "kernels/vector_avx2.h"
#include "kernels/vector_scalar.h"

namespace dss::kernels {

const EncoderKernelTable& encoder_kernels_avx_vnni() {
  static const EncoderKernelTable kTable =
      table_of<Avx2Vector, int8_gemm_avx_vnni>(InstructionSet::kAvxVnni);
  return kTable;
}

}  // namespace dss::kernels

#endif
