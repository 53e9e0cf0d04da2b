// `dss serve`: flags, environment and file in, a running server out.
#pragma once

#include <functional>
#include <memory>

#include "app/command.h"
#include "app/serve_settings.h"

namespace dss::app {

/// Runs the server until it is told to stop; the value is the exit status.
using ServeFunction = std::function<base::Result<int>(const ServeSettings&)>;

[[nodiscard]] std::unique_ptr<Command> make_serve_command(ServeFunction serve);

}  // namespace dss::app
