#include "app/settings_flags.h"

#include <unistd.h>

#include <algorithm>

#include "CLI/App.hpp"
#include "CLI/Config.hpp"
#include "CLI/Formatter.hpp"

namespace dss::app {
namespace {

constexpr const char* kDefaultFile = "/etc/dss/dss.toml";

std::string_view group_title(std::string_view key) {
  if (key.starts_with("threshold.")) return "Thresholds";
  if (key.starts_with("perspective.")) return "Protocols of other services";
  if (key.starts_with("log.")) return "Logs";
  if (key.starts_with("metrics.")) return "Metrics";
  if (key.starts_with("http.")) return "Limits of HTTP";
  return "Flags";
}

/// `HOST:PORT`, or the choices: `debug|info|warn|error`.
std::string value_text(const config::Setting& setting) {
  std::string choices;
  for (const std::string& choice : setting.choices)
    choices += (choices.empty() ? "" : "|") + choice;
  return choices.empty() ? setting.value_name : choices;
}

std::string description(const config::Setting& setting) {
  const std::string& shown =
      setting.default_value.empty() ? setting.default_note : setting.default_value;
  return setting.help + " [default: " + shown + "] [" + setting.environment_name() + "]";
}

std::string chosen_file(const std::string& flag,
                        const std::vector<std::pair<std::string, std::string>>& environment) {
  if (!flag.empty()) return flag;
  for (const auto& [name, value] : environment) {
    if (name == "DSS_CONFIG") return value;
  }
  return ::access(kDefaultFile, F_OK) == 0 ? kDefaultFile : "";
}

}  // namespace

SettingsFlags::SettingsFlags(const config::Table& table) : table_(table) {
  for (const config::Setting& setting : table.settings()) keys_.push_back(setting.key);
}

void SettingsFlags::declare_setting(CLI::App* app, const config::Setting& setting) {
  const std::string key = setting.key;
  CLI::Option* option = nullptr;
  if (setting.type == config::Type::kSwitch) {
    const auto set = [this, key](std::int64_t count) {
      given_.emplace_back(key, count > 0 ? "true" : "false");
    };
    option = app->add_flag_function(setting.flag(), set, description(setting));
  } else {
    const auto set = [this, key](const std::vector<std::string>& values) {
      for (const std::string& value : values) given_.emplace_back(key, value);
    };
    option = app->add_option_function<std::vector<std::string>>(setting.flag(), set,
                                                                description(setting))
                 ->allow_extra_args(false);
  }
  option->option_text(value_text(setting))->group(std::string(group_title(key)));
}

void SettingsFlags::declare(CLI::App* app) {
  for (const std::string& key : keys_) {
    const config::Setting* setting = table_.find(key);
    if (setting != nullptr && !setting->secret) declare_setting(app, *setting);
  }
  app->add_option(
         "--config", file_,
         std::string("TOML file with settings; flags and environment win over it. [default: ") +
             kDefaultFile + ", if it is there] [DSS_CONFIG]")
      ->option_text("FILE")
      ->group("Flags");
  app->add_flag("--print-config", print_config_,
                "Print every setting with its source, secrets redacted, and exit.")
      ->option_text(" ")
      ->group("Flags");
}

base::Result<config::Settings> SettingsFlags::resolve() const {
  config::Sources sources{given_, config::process_environment(), {}};
  sources.file = chosen_file(file_, sources.environment);
  return config::Settings::resolve(table_, sources);
}

}  // namespace dss::app
