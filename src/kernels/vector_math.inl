// Functions on vectors. Included by each instruction set's file after its vector header.
#pragma once

#include <cstddef>

#include "kernels/vector_scalar.h"

namespace dss::kernels {
namespace {

/// 2^x for x from -126 to 126, relative error 2e-7 (Taylor's polynomial on half a step).
template <typename V>
typename V::Float exp2(typename V::Float x) {
  const auto whole = V::round(x);
  const auto part = V::sub(x, whole);
  auto sum = V::set(1.5403530e-4F);
  for (const float factor :
       {1.3333558e-3F, 9.6181291e-3F, 5.5504109e-2F, 2.4022651e-1F, 6.9314718e-1F, 1.0F}) {
    sum = V::fma(sum, part, V::set(factor));
  }
  return V::scale(sum, whole);
}

/// x · Φ(x) to 1.9e-4: an odd polynomial fitted to Φ − ½ on [-4, 4] and ½ beyond. The error lies
/// under the step of 8-bit activations.
template <typename V>
typename V::Float gelu_rough(typename V::Float x) {
  const auto bound = V::set(4.0F);
  const auto t = V::max(V::min(x, bound), V::set(-4.0F));
  const auto u = V::mul(t, t);
  auto sum = V::set(2.258818122e-8F);
  for (const float factor : {-1.588825694e-6F, 4.776385718e-5F, -8.121871817e-4F, 8.763689574e-3F,
                             -6.455440923e-2F, 3.978702645e-1F}) {
    sum = V::fma(sum, u, V::set(factor));
  }
  return V::mul(x, V::fma(sum, t, V::set(0.5F)));
}

/// gelu_rough for an instruction set of so many lanes; those with wide registers have a faster one.
template <typename V, std::size_t kLanes = V::kLanes>
class RoughGelu {
 public:
  typename V::Float operator()(typename V::Float x) const { return gelu_rough<V>(x); }
};

/// x · Φ(x) to 3e-7 · |x|, with erf of Abramowitz and Stegun, 7.1.26.
template <typename V>
typename V::Float gelu_exact(typename V::Float x) {
  const auto z = V::min(V::mul(V::abs(x), V::set(0.70710678F)), V::set(9.0F));
  const auto one = V::set(1.0F);
  const auto t = V::div(one, V::fma(V::set(0.3275911F), z, one));
  auto sum = V::set(1.061405429F);
  for (const float factor : {-1.453152027F, 1.421413741F, -0.284496736F, 0.254829592F}) {
    sum = V::fma(sum, t, V::set(factor));
  }
  const auto power = exp2<V>(V::mul(V::mul(z, z), V::set(-1.44269504F)));
  const auto erf = V::copy_sign(V::sub(one, V::mul(V::mul(sum, t), power)), x);
  return V::mul(V::mul(x, V::set(0.5F)), V::add(one, erf));
}

}  // namespace
}  // namespace dss::kernels
