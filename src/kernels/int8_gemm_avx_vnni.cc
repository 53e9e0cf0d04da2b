#include "kernels/int8_gemm.h"

#if defined(__x86_64__)

#include "kernels/int8_gemm_256.inl"

namespace dss::kernels {
namespace {
struct Product {
  static __m256i add(__m256i sum, __m256i a, __m256i w) {
    return _mm256_dpbusd_avx_epi32(sum, a, w);
  }
  static constexpr bool kSigned = false;
};
}  // namespace

void int8_gemm_avx_vnni(const Int8Rows& a, const PackedMatrix& w, Panels panels,
                        const Int32Rows& out) {
  multiply_all<Product>(a, w, panels, out);
}

}  // namespace dss::kernels

#endif
