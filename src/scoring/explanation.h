// Which words made a score.
#pragma once

#include <string_view>
#include <vector>

#include "models/calibration.h"
#include "scoring/engine.h"
#include "scoring/linear_reader.h"

namespace dss::scoring {

/// Turns shares of the raw logit into contributions to the calibrated one: times the slope of the
/// calibration's piece that decided; the bias takes the rest, so that bias and contributions add up
/// to ln(p / (1 − p)). REQUIRES: `shares` in text order, on code point boundaries of `text`; 0 < p
/// < 1.
[[nodiscard]] Explanation make_explanation(std::string_view text, const std::vector<Share>& shares,
                                           float slope, float probability);

}  // namespace dss::scoring
