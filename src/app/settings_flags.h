// The settings table as command-line flags, resolved together with environment and file.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "config/settings.h"

namespace CLI {
class App;
}

namespace dss::app {

/// Used by one command. Not thread-safe.
class SettingsFlags {
 public:
  /// The flags are those of `keys`; environment and file may name any setting of the table.
  explicit SettingsFlags(const config::Table& table, std::vector<std::string> keys)
      : table_(table), keys_(std::move(keys)) {}
  /// The flags of all settings.
  explicit SettingsFlags(const config::Table& table);

  /// Adds the flags, `--config FILE` and `--print-config`.
  void declare(CLI::App* app);
  /// After parsing. Errors as config::Settings::resolve.
  [[nodiscard]] base::Result<config::Settings> resolve() const;
  [[nodiscard]] bool print_asked() const { return print_config_; }

 private:
  void declare_setting(CLI::App* app, const config::Setting& setting);

  const config::Table& table_;
  std::vector<std::string> keys_;
  std::vector<std::pair<std::string, std::string>> given_;
  std::string file_;
  bool print_config_ = false;
};

}  // namespace dss::app
