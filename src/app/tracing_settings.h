// Whether and where traces are exported, from the settings.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "config/settings.h"
#include "otlp/endpoint.h"

namespace dss::app {

struct TracingSettings {
  otlp::Endpoint endpoint;
  double sample_ratio = 0;  ///< of the traces that begin here
  /// Further attributes of the resource, over those that the program knows of itself.
  std::vector<std::pair<std::string, std::string>> resource;
};

/// Nothing if tracing.endpoint is unset: then nothing is recorded and no connection made. Errors
/// (kInvalidArgument) name setting, cause and cure.
[[nodiscard]] base::Result<std::optional<TracingSettings>> tracing_settings(
    const config::Settings& settings);

}  // namespace dss::app
