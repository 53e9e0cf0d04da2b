#include "kernels/int8_gemm.h"

#if defined(__aarch64__)

#include "kernels/int8_gemm_neon.inl"

namespace dss::kernels {
namespace {

// Products in 16 bits, which 128 · 127 fits, are added in pairs as 32 bits.
struct Product {
  template <int kLane>
  static int32x4_t add(int32x4_t sum, int8x16_t w, int8x16_t a) {
    const int8x16_t four = vreinterpretq_s8_s32(vdupq_laneq_s32(vreinterpretq_s32_s8(a), kLane));
    const int32x4_t low = vpaddlq_s16(vmull_s8(vget_low_s8(w), vget_low_s8(four)));
    const int32x4_t high = vpaddlq_s16(vmull_high_s8(w, four));
    return vaddq_s32(sum, vpaddq_s32(low, high));
  }
};

}  // namespace

void int8_gemm_neon(const Int8Rows& a, const PackedMatrix& w, Panels panels, const Int32Rows& out) {
  multiply_all<Product>(a, w, panels, out);
}

}  // namespace dss::kernels

#endif
