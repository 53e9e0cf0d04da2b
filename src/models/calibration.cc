#include "models/calibration.h"

#include <algorithm>
#include <cmath>

namespace dss::models {
namespace {

constexpr float kMostCertain = 1e-6F;

}  // namespace

Calibrated calibrate(const weights::CalibrationCurve& curve, float raw) {
  const auto after = std::upper_bound(curve.x.begin() + 1, curve.x.end() - 1, raw);
  const auto right = static_cast<std::size_t>(after - curve.x.begin());
  const std::size_t left = right - 1;
  const float slope = (curve.y[right] - curve.y[left]) / (curve.x[right] - curve.x[left]);
  return {curve.y[left] + slope * (raw - curve.x[left]), slope};
}

float probability_of(float logit) {
  const float small = std::exp(-std::abs(logit));
  const float probability = logit >= 0 ? 1 / (1 + small) : small / (1 + small);
  return std::clamp(probability, kMostCertain, 1 - kMostCertain);
}

float logit_of(float probability) {
  const float p = std::clamp(probability, kMostCertain, 1 - kMostCertain);
  return std::log(p / (1 - p));
}

Scores calibrated(std::span<const weights::Label> labels, std::span<const float> logits) {
  Scores scores;
  scores.count = labels.size();
  for (std::size_t i = 0; i < labels.size(); ++i) {
    scores.logit[i] = logits[i];
    scores.probability[i] = probability_of(calibrate(labels[i].calibration, logits[i]).logit);
  }
  return scores;
}

}  // namespace dss::models
