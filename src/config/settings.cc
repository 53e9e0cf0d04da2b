#include "config/settings.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>

#include "config/environment.h"
#include "config/nearest.h"
#include "config/toml_file.h"

namespace dss::config {
namespace {

using base::ErrorKind;

/// One value on its way into the settings.
struct Assignment {
  std::string key;
  std::string value;
  std::string place;  ///< `--port`, `DSS_PORT`, `dss.toml:3: port`
};

std::vector<std::string> names(const Table& table, std::string (*name)(const Setting&)) {
  std::vector<std::string> out;
  for (const Setting& setting : table.settings()) out.push_back(name(setting));
  return out;
}

base::Result<std::vector<Assignment>> from_file(const Table& table, const std::string& path) {
  std::vector<Assignment> out;
  if (path.empty()) return out;
  const auto entries = read_toml_file(path);
  if (!entries) return base::fail(ErrorKind::kInvalidArgument, entries.error().message);
  for (const TomlEntry& entry : *entries) {
    const std::string place = path + ":" + std::to_string(entry.line) + ": ";
    if (table.find(entry.key) == nullptr) {
      const auto keys = names(table, [](const Setting& s) { return s.key; });
      return base::fail(ErrorKind::kInvalidArgument,
                        place + "unknown key '" + entry.key + "'" + did_you_mean(entry.key, keys));
    }
    out.push_back({entry.key, entry.value, place + entry.key});
  }
  return out;
}

base::Result<std::vector<Assignment>> from_environment(const Table& table, const Sources& sources) {
  std::vector<Assignment> out;
  for (const auto& [name, value] : sources.environment) {
    if (!name.starts_with("DSS_") || is_foreign_variable(name, value)) continue;
    const Setting* setting = table.find_environment(name);
    if (setting == nullptr) {
      const auto known = names(table, [](const Setting& s) { return s.environment_name(); });
      return base::fail(ErrorKind::kInvalidArgument,
                        "unknown environment variable '" + name + "'" + did_you_mean(name, known));
    }
    out.push_back({setting->key, value, "environment variable " + name});
  }
  return out;
}

base::Result<std::vector<Assignment>> from_flags(const Table& table, const Sources& sources) {
  std::vector<Assignment> out;
  for (const auto& [key, value] : sources.flags) {
    const Setting* setting = table.find(key);
    if (setting == nullptr)
      return base::fail(ErrorKind::kInternal, "unknown setting '" + key + "'");
    const auto earlier = std::find_if(out.begin(), out.end(),
                                      [&, &k = key](const Assignment& a) { return a.key == k; });
    if (earlier == out.end()) {
      out.push_back({key, value, setting->flag()});
    } else if (setting->type == Type::kList) {
      earlier->value += "," + value;
    } else {
      earlier->value = value;
    }
  }
  return out;
}

}  // namespace

base::Result<Settings> Settings::resolve(const Table& table, const Sources& sources) {
  Settings settings;
  settings.settings_ = table.settings();
  settings.file_ = sources.file;
  for (const Setting& setting : table.settings())
    settings.values_[setting.key] = {setting.default_value, Layer::kDefault};

  const std::pair<Layer, base::Result<std::vector<Assignment>>> layers[] = {
      {Layer::kFile, from_file(table, sources.file)},
      {Layer::kEnvironment, from_environment(table, sources)},
      {Layer::kFlag, from_flags(table, sources)}};
  for (const auto& [layer, assignments] : layers) {
    if (!assignments) return base::fail(assignments.error());
    for (const Assignment& assignment : *assignments) {
      const Setting& setting = *table.find(assignment.key);
      const auto text = canonical(setting, assignment.value);
      if (!text) {
        const std::string shown = setting.secret ? "its value is not valid" : text.error().message;
        return base::fail(ErrorKind::kInvalidArgument, assignment.place + ": " + shown);
      }
      settings.values_[setting.key] = {*text, layer};
    }
  }
  return settings;
}

const Settings::Value& Settings::value(std::string_view key) const {
  return values_.find(key)->second;
}

const std::string& Settings::text(std::string_view key) const { return value(key).text; }

std::int64_t Settings::integer(std::string_view key) const {
  const std::string& text = value(key).text;
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

double Settings::number(std::string_view key) const {
  const std::string& text = value(key).text;
  double number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

bool Settings::enabled(std::string_view key) const { return value(key).text == "true"; }

std::vector<std::string> Settings::list(std::string_view key) const {
  std::vector<std::string> items;
  std::string_view rest = value(key).text;
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    items.emplace_back(rest.substr(0, comma));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return items;
}

std::vector<std::pair<std::string, std::string>> process_environment() {
  std::vector<std::pair<std::string, std::string>> out;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view line(*entry);
    const std::size_t equals = line.find('=');
    if (equals != std::string_view::npos)
      out.emplace_back(line.substr(0, equals), line.substr(equals + 1));
  }
  return out;
}

}  // namespace dss::config
