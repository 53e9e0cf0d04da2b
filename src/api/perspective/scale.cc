#include "api/perspective/scale.h"

#include <algorithm>
#include <cmath>

#include "base/piecewise_linear.h"

namespace dss::api::perspective {
namespace {

// Probabilities are that far away from 0 and 1 (models::probability_of).
constexpr float kLeast = 1e-6F;

float logit_of(float probability) {
  const float p = std::clamp(probability, kLeast, 1 - kLeast);
  return std::log(p / (1 - p));
}

}  // namespace

float on_scale(const weights::Card& card, std::string_view attribute, float probability) {
  for (const weights::PerspectiveScale& scale : card.perspective) {
    if (scale.attribute != attribute) continue;
    return base::piecewise_linear(scale.points.x, scale.points.y, logit_of(probability));
  }
  return probability;
}

}  // namespace dss::api::perspective
