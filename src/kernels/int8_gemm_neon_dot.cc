#include "kernels/int8_gemm.h"

#if defined(__aarch64__)

#include "kernels/int8_gemm_neon.inl"

namespace dss::kernels {
namespace {

struct Product {
  template <int kLane>
  static int32x4_t add(int32x4_t sum, int8x16_t w, int8x16_t a) {
    return vdotq_laneq_s32(sum, w, a, kLane);
  }
};

}  // namespace

void int8_gemm_neon_dot(const Int8Rows& a, const PackedMatrix& w, Panels panels,
                        const Int32Rows& out) {
  multiply_all<Product>(a, w, panels, out);
}

}  // namespace dss::kernels

#endif
