// The operator's thresholds, from the settings.
#pragma once

#include "config/settings.h"
#include "policy/thresholds.h"

namespace dss::app {

/// Those that are set, by category.
[[nodiscard]] policy::Thresholds operator_thresholds(const config::Settings& settings);

}  // namespace dss::app
