// Functions given by points with straight lines between them.
#pragma once

#include <span>

namespace dss::base {

/// The value at `at` of the line through the points (x, y); left of the first point and right of
/// the last the end points' own. REQUIRES: one point or more, as many y as x, x strictly
/// increasing.
[[nodiscard]] float piecewise_linear(std::span<const float> x, std::span<const float> y, float at);

}  // namespace dss::base
