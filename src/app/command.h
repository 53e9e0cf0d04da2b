// One sub-command of `dss`. A new one is a class here and a line in commands.cc.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace CLI {
class App;
}

namespace dss::app {

/// Used by the main thread only.
class Command {
 public:
  virtual ~Command() = default;

  [[nodiscard]] virtual std::string_view name() const = 0;     ///< `serve`
  [[nodiscard]] virtual std::string_view summary() const = 0;  ///< one line for `dss --help`
  [[nodiscard]] virtual std::string_view examples()
      const = 0;  ///< shown below the flags of `--help`

  /// Adds flags and positionals, bound to members of this object.
  virtual void declare(CLI::App* app) = 0;
  /// Does the work. The value is the exit status; an error is printed as `dss: <message>`, with the
  /// status of its kind (see exit_status.h).
  virtual base::Result<int> run() = 0;
};

/// All commands, in the order of `dss --help`.
[[nodiscard]] std::vector<std::unique_ptr<Command>> make_commands();

}  // namespace dss::app
