#include "base/piecewise_linear.h"

#include <algorithm>
#include <cstddef>

namespace dss::base {

float piecewise_linear(std::span<const float> x, std::span<const float> y, float at) {
  const auto next = static_cast<std::size_t>(std::upper_bound(x.begin(), x.end(), at) - x.begin());
  if (next == 0) return y.front();
  if (next == x.size()) return y.back();
  const float share = (at - x[next - 1]) / (x[next] - x[next - 1]);
  return y[next - 1] + share * (y[next] - y[next - 1]);
}

}  // namespace dss::base
