#include "kernels/int8_gemm.h"

#if defined(__x86_64__)

#include "kernels/int8_gemm_256.inl"

namespace dss::kernels {
namespace {

// |a| · (w with a's sign): the instruction adds two products of unsigned and signed bytes in 16
// bits, which 2 · 127 · 127 fits; with value + 128 it would saturate.
struct Product {
  static __m256i add(__m256i sum, __m256i a, __m256i w) {
    const __m256i pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(a), _mm256_sign_epi8(w, a));
    return _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
  }
  static constexpr bool kSigned = true;
};

}  // namespace

void int8_gemm_avx2(const Int8Rows& a, const PackedMatrix& w, Panels panels, const Int32Rows& out) {
  multiply_all<Product>(a, w, panels, out);
}

}  // namespace dss::kernels

#endif
