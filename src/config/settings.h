// The values in force: flag over environment over file over default, each with its source.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "config/setting.h"

namespace dss::config {

/// Weakest first.
enum class Layer : std::uint8_t { kDefault, kFile, kEnvironment, kFlag };

/// Where values may come from. A value is text, as typed.
struct Sources {
  std::vector<std::pair<std::string, std::string>>
      flags;  ///< (key, value); the last one wins, lists add up
  std::vector<std::pair<std::string, std::string>>
      environment;   ///< all variables; only DSS_… are looked at
  std::string file;  ///< path of a TOML file; empty: none
};

/// Immutable, so thread-safe. The accessors are strict: REQUIRES a key of the table, of that type.
class Settings {
 public:
  /// Errors (kInvalidArgument) name source and place: unknown keys with the nearest known one, bad
  /// values with what is allowed, a file that cannot be read or is not TOML.
  static base::Result<Settings> resolve(const Table& table, const Sources& sources);

  [[nodiscard]] const std::string& text(std::string_view key) const;  ///< kText, kChoice
  [[nodiscard]] std::int64_t integer(std::string_view key) const;
  [[nodiscard]] double number(std::string_view key) const;
  [[nodiscard]] bool enabled(std::string_view key) const;  ///< kSwitch
  [[nodiscard]] std::vector<std::string> list(std::string_view key) const;

  /// Whether there is a value at all, be it a default.
  [[nodiscard]] bool has(std::string_view key) const { return !value(key).text.empty(); }
  [[nodiscard]] Layer layer(std::string_view key) const { return value(key).layer; }
  /// `flag --port`, `environment DSS_PORT`, `/etc/dss/dss.toml`, `default`
  [[nodiscard]] std::string source(std::string_view key) const;

  /// All values as TOML, each with its source as a comment; secrets show as "(redacted)".
  [[nodiscard]] std::string print() const;

 private:
  struct Value {
    std::string text;
    Layer layer = Layer::kDefault;
  };
  [[nodiscard]] const Value& value(std::string_view key) const;

  std::vector<Setting> settings_;
  std::map<std::string, Value, std::less<>> values_;
  std::string file_;
};

/// The program's environment, for Sources.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> process_environment();

}  // namespace dss::config
