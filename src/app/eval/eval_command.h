// `dss eval`: how good a model is, measured on the evaluation files.
#pragma once

#include <memory>

#include "app/command.h"

namespace dss::app {

[[nodiscard]] std::unique_ptr<Command> make_eval_command();

}  // namespace dss::app
