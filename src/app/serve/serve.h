// The server's life: objects are created, listeners opened, requests answered, and all is taken
// down again.
#pragma once

#include "app/serve_settings.h"
#include "base/result.h"

namespace dss::app {

/// Serves until SIGTERM or SIGINT and returns the exit status. Errors are one line: a damaged model
/// file, a port in use.
[[nodiscard]] base::Result<int> serve(const ServeSettings& settings);

}  // namespace dss::app
