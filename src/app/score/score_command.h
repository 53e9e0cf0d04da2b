// `dss score`: one text for a person, or a file row by row.
#pragma once

#include <memory>

#include "app/command.h"

namespace dss::app {

[[nodiscard]] std::unique_ptr<Command> make_score_command();

}  // namespace dss::app
