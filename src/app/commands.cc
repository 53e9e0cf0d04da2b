#include "app/command.h"

namespace dss::app {

std::vector<std::unique_ptr<Command>> make_commands() {
  std::vector<std::unique_ptr<Command>> commands;
  return commands;
}

}  // namespace dss::app
