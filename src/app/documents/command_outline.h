// What a command takes, as data: the manual page and the shell completions are made from it.
#pragma once

#include <string>
#include <vector>

#include "app/command.h"

namespace dss::app {

struct FlagOutline {
  std::vector<std::string> names;    ///< `--quiet`, `-q`
  std::string value;                 ///< `HOST:PORT`, `text|lines`; empty for a switch
  std::vector<std::string> choices;  ///< of `value`, if it lists any
  std::string group;
  std::string help;
};

struct CommandOutline {
  std::string name;
  std::string summary;
  std::string examples;
  std::string argument;  ///< `TEXT|FILE|-`, or empty
  std::string argument_help;
  std::vector<FlagOutline> flags;
};

/// All commands, in the order of `dss --help`.
[[nodiscard]] std::vector<CommandOutline> outline_commands();

}  // namespace dss::app
