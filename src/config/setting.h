// One row of the settings table, and the table: flags, environment, file, --help, --print-config
// and the documentation are all made from it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace dss::config {

enum class Type : std::uint8_t {
  kText,
  kInteger,
  kNumber,
  kSwitch,  ///< true or false; as a flag it needs no value
  kChoice,  ///< one of `choices`
  kList,    ///< texts separated by commas; a flag may also be repeated
};

struct Setting {
  std::string key{};  ///< `http.max-headers`: lower case, words joined by '-', groups by '.'
  Type type = Type::kText;
  std::string value_name{};     ///< how help shows the value: `HOST:PORT`
  std::string default_value{};  ///< as it would be typed; empty: unset
  std::string default_note{};   ///< what unset means, for people: `one per core`
  std::string help{};           ///< one or two sentences
  std::vector<std::string> choices{};
  double least = -1e300;
  double most = 1e300;
  bool url = false;     ///< may hold a password, which is never printed
  bool secret = false;  ///< no flag (others could read it in the process list) and never printed

  /// `--http-max-headers`; empty for a secret.
  [[nodiscard]] std::string flag() const;
  /// `DSS_HTTP_MAX_HEADERS`
  [[nodiscard]] std::string environment_name() const;
};

/// `text` as this setting's value in its one canonical spelling (`true`, `8000`, `a,b`).
/// Errors say what is allowed and do not name the setting: `'x' is not a whole number from 1 to
/// 65535`.
[[nodiscard]] base::Result<std::string> canonical(const Setting& setting, std::string_view text);

/// The settings of a program. Immutable once complete.
class Table {
 public:
  /// REQUIRES: key, flag and environment name are not taken; the default value is valid.
  void add(Setting setting);
  void add(const std::vector<Setting>& settings);

  [[nodiscard]] const std::vector<Setting>& settings() const { return settings_; }
  [[nodiscard]] const Setting* find(std::string_view key) const;
  [[nodiscard]] const Setting* find_environment(std::string_view name) const;

 private:
  std::vector<Setting> settings_;
};

}  // namespace dss::config
