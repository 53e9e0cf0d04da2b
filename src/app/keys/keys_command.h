// `dss keys`: makes, lists and ends API keys.
#pragma once

#include <memory>

#include "app/command.h"

namespace dss::app {

[[nodiscard]] std::unique_ptr<Command> make_keys_command();

}  // namespace dss::app
