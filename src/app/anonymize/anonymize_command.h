// `dss anonymize`: personal data out of a text, or of every row of a file.
#pragma once

#include <memory>

#include "app/command.h"

namespace dss::app {

[[nodiscard]] std::unique_ptr<Command> make_anonymize_command();

}  // namespace dss::app
