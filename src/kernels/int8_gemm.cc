#include "kernels/int8_gemm.h"

namespace dss::kernels {

Int8Gemm int8_gemm(InstructionSet set) {
#if defined(__x86_64__)
  switch (set) {
    case InstructionSet::kAmx:
      return int8_gemm_amx;
    case InstructionSet::kAvx512Vnni:
      return int8_gemm_avx512_vnni;
    case InstructionSet::kAvxVnni:
      return int8_gemm_avx_vnni;
    case InstructionSet::kAvx2:
      return int8_gemm_avx2;
    default:
      break;
  }
#elif defined(__aarch64__)
  if (set == InstructionSet::kNeonDot) return int8_gemm_neon_dot;
  if (set == InstructionSet::kNeon) return int8_gemm_neon;
#else
  (void)set;
#endif
  return int8_gemm_scalar;
}

void int8_gemm_scalar(const Int8Rows& a, const PackedMatrix& w, Panels panels,
                      const Int32Rows& out) {
  constexpr std::size_t kGroup = 4;
  for (std::size_t row = 0; row < a.rows; ++row) {
    for (std::size_t p = 0; p < panels.count; ++p) {
      const std::size_t panel = panels.first + p;
      const auto* weight = reinterpret_cast<const std::int8_t*>(w.panel(panel));
      std::int32_t* sums = out.data + row * out.stride + p * kPanel;
      for (std::size_t c = 0; c < kPanel; ++c) sums[c] = w.correction()[panel * kPanel + c];
      for (std::size_t i = 0; i < w.padded_inputs(); ++i) {
        const std::int32_t value = a.data[row * a.stride + i];
        const std::int8_t* column = weight + i / kGroup * kGroup * kPanel + i % kGroup;
        for (std::size_t c = 0; c < kPanel; ++c) sums[c] += value * column[c * kGroup];
      }
    }
  }
}

}  // namespace dss::kernels
