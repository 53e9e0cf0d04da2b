// `dss privacy`: the record of processing activities of a configuration.
#pragma once

#include <memory>

#include "app/command.h"

namespace dss::app {

[[nodiscard]] std::unique_ptr<Command> make_privacy_command();

}  // namespace dss::app
