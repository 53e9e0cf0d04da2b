#include "app/threshold_settings.h"

#include <algorithm>

#include "models/scores.h"

namespace dss::app {

policy::Thresholds operator_thresholds(const config::Settings& settings) {
  policy::Thresholds thresholds;
  for (const std::string_view category : models::kCategoryNames) {
    std::string key = "threshold." + std::string(category);
    std::replace(key.begin(), key.end(), '_', '-');
    if (settings.has(key)) thresholds.emplace(category, static_cast<float>(settings.number(key)));
  }
  return thresholds;
}

}  // namespace dss::app
