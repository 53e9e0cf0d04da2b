#include "kernels/encoder_kernels.h"

#if defined(__aarch64__)

#include "kernels/encoder_kernels.inl"
#include "kernels/vector_neon.h"
#include "kernels/vector_scalar.h"

namespace dss::kernels {

const EncoderKernelTable& encoder_kernels_neon() {
  static const EncoderKernelTable kTable =
      table_of<NeonVector, int8_gemm_neon>(InstructionSet::kNeon);
  return kTable;
}

const EncoderKernelTable& encoder_kernels_neon_dot() {
  static const EncoderKernelTable kTable =
      table_of<NeonVector, int8_gemm_neon_dot>(InstructionSet::kNeonDot);
  return kTable;
}

}  // namespace dss::kernels

#endif
