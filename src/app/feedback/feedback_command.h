// `dss feedback`: what is in the feedback database, for its operator.
#pragma once

#include <memory>

#include "app/command.h"

namespace dss::app {

[[nodiscard]] std::unique_ptr<Command> make_feedback_command();

}  // namespace dss::app
