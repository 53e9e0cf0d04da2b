// `dss policy`: whether policy files are right, and what one would change.
#pragma once

#include <memory>

#include "app/command.h"

namespace dss::app {

[[nodiscard]] std::unique_ptr<Command> make_policy_command();

}  // namespace dss::app
