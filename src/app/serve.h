// The server's life: objects are created, listeners opened, requests answered, and all is taken
// down again.
#pragma once

#include "app/serve_settings.h"
#include "base/result.h"
#include "config/settings.h"

namespace dss::app {

/// Serves until SIGTERM or SIGINT and returns the exit status. `all` holds what ServeSettings does
/// not type (the limits of HTTP). Errors are one line: a damaged model file, a port in use.
[[nodiscard]] base::Result<int> serve(const ServeSettings& settings, const config::Settings& all);

}  // namespace dss::app
