// `dss serve`: flags, environment and file in, a running server out.
#pragma once

#include <functional>
#include <memory>

#include "app/command.h"
#include "app/serve_settings.h"
#include "config/settings.h"

namespace dss::app {

/// Runs the server until it is told to stop; the value is the exit status. `all` holds what
/// ServeSettings does not type (the limits of HTTP).
using ServeFunction =
    std::function<base::Result<int>(const ServeSettings& settings, const config::Settings& all)>;

[[nodiscard]] std::unique_ptr<Command> make_serve_command(ServeFunction serve);

}  // namespace dss::app
