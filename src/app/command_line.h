// The command line: which command, its flags, its help, and errors that name the cure.
#pragma once

#include <string>
#include <vector>

namespace dss::app {

/// Runs `dss ARGUMENTS` (without the program's name) and returns the exit status.
/// Errors are one line on stderr: `dss: cause; cure`. Words that name no command are scored as a
/// text.
int run_command_line(std::vector<std::string> arguments);

}  // namespace dss::app
