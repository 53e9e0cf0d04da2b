// `dss compare`: an archive's old scores beside ours, and which decisions would change.
#pragma once

#include <memory>

#include "app/command.h"

namespace dss::app {

[[nodiscard]] std::unique_ptr<Command> make_compare_command();

}  // namespace dss::app
