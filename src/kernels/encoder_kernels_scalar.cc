#include "kernels/encoder_kernels.h"
#include "kernels/encoder_kernels.inl"
#include "kernels/vector_scalar.h"

namespace dss::kernels {

const EncoderKernelTable& encoder_kernels_scalar() {
  static const EncoderKernelTable kTable =
      table_of<ScalarVector, int8_gemm_scalar>(InstructionSet::kScalar);
  return kTable;
}

}  // namespace dss::kernels
