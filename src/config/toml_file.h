// A TOML file (https://toml.io/en/v1.0.0) as a flat list of dotted keys and values as text.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace dss::config {

struct TomlEntry {
  std::string key;    ///< tables joined by '.': `http.max-headers`
  std::string value;  ///< arrays joined by ','
  std::size_t line = 0;
};

/// Errors (kInvalidArgument, kIo) name file, line and cause. A value that is neither text, number,
/// boolean nor an array of texts is refused.
[[nodiscard]] base::Result<std::vector<TomlEntry>> read_toml_file(const std::string& path);

/// `text` as a TOML basic string, quotes included.
[[nodiscard]] std::string toml_string(std::string_view text);

}  // namespace dss::config
