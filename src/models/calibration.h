// From raw logits to calibrated probabilities.
#pragma once

#include <span>

#include "models/scores.h"
#include "weights/card.h"

namespace dss::models {

/// A point of a calibration curve with its tangent: what small changes of the raw logit do to the
/// calibrated one.
struct Calibrated {
  float logit = 0;
  float slope = 0;  ///< of the piece that the point lies on
};

/// The curve's value at `raw`; left of the first point and right of the last the end pieces go on.
/// REQUIRES: a curve that read_card accepted.
[[nodiscard]] Calibrated calibrate(const weights::CalibrationCurve& curve, float raw);

/// 1 / (1 + exp(−logit)), kept one in a million away from 0 and 1: no calibration data can tell
/// more, and the logit stays finite.
[[nodiscard]] float probability_of(float logit);

/// The logit whose probability_of is `probability`, which may be 0 or 1.
[[nodiscard]] float logit_of(float probability);

/// Each label's logit and probability by its curve. REQUIRES: at most kMaxLabels labels, a logit
/// for each.
[[nodiscard]] Scores calibrated(std::span<const weights::Label> labels,
                                std::span<const float> logits);

}  // namespace dss::models
