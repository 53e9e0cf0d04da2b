// A whole file in memory.
#pragma once

#include <string>

#include "base/result.h"

namespace dss::config {

/// Errors: kIo, naming the path and the cause.
[[nodiscard]] base::Result<std::string> read_file(const std::string& path);

}  // namespace dss::config
