#include "app/command.h"
#include "app/serve.h"
#include "app/serve_command.h"

namespace dss::app {

std::vector<std::unique_ptr<Command>> make_commands() {
  std::vector<std::unique_ptr<Command>> commands;
  commands.push_back(make_serve_command(serve));
  return commands;
}

}  // namespace dss::app
