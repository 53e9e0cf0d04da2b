#include "kernels/encoder_kernels.h"

namespace dss::kernels {
namespace {

const EncoderKernelTable& table_of(InstructionSet set) {
#if defined(__x86_64__)
  switch (set) {
    case InstructionSet::kAmx:
      return encoder_kernels_amx();
    case InstructionSet::kAvx512Vnni:
      return encoder_kernels_avx512_vnni();
    case InstructionSet::kAvxVnni:
      return encoder_kernels_avx_vnni();
    case InstructionSet::kAvx2:
      return encoder_kernels_avx2();
    default:
      break;
  }
#elif defined(__aarch64__)
  if (set == InstructionSet::kNeonDot) return encoder_kernels_neon_dot();
  if (set == InstructionSet::kNeon) return encoder_kernels_neon();
#else
  (void)set;
#endif
  return encoder_kernels_scalar();
}

}  // namespace

const EncoderKernels& encoder_kernels(InstructionSet set, Precision precision) {
  return table_of(set)[static_cast<std::size_t>(precision)];
}

std::size_t attention_scratch(std::size_t length, std::size_t head_width) {
  // Keys and values [length, head width], a block of 16 queries and their scores, in fp32; lengths
  // are rounded up to 32 and head widths to 16.
  const std::size_t keys = round_up(length, 32);
  const std::size_t width = round_up(head_width, 32);
  return sizeof(float) * (2 * keys * width + 16 * (width + 2 * keys)) + 4096;
}

}  // namespace dss::kernels
