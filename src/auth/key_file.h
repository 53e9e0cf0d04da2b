// Keys as text, one a line: what a Kubernetes secret holds.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "auth/key.h"
#include "base/result.h"

namespace dss::auth {

/// `ID sha256=HEX roles=score,feedback created=TIME name=NAME`, and between them, where it applies,
/// `tenant=`, `expires=` and `revoked=`. The name is last and goes on to the end of the line.
[[nodiscard]] std::string key_line(const Key& key);

/// Reads lines of that form; empty ones and those that begin with `#` are passed over. Errors
/// (kCorrupt) name line and cause: a bad or missing value, an unknown or doubled field, an id or a
/// digest that is there twice. No error holds a part of the file.
[[nodiscard]] base::Result<std::vector<Key>> parse_keys(std::string_view text);

}  // namespace dss::auth
