#include "api/perspective/scale.h"

#include "base/piecewise_linear.h"
#include "models/calibration.h"

namespace dss::api::perspective {
float on_scale(const weights::Card& card, std::string_view attribute, float probability) {
  for (const weights::PerspectiveScale& scale : card.perspective) {
    if (scale.attribute != attribute) continue;
    return base::piecewise_linear(scale.points.x, scale.points.y, models::logit_of(probability));
  }
  return probability;
}

}  // namespace dss::api::perspective
