// A point in time as an operator types it.
#pragma once

#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace dss::app {

/// `2026-03-01`, `2026-03-01T08:30`, `2026-03-01T08:30:15`, with or without a `Z`: UTC. Errors
/// (kInvalidArgument) name the forms.
[[nodiscard]] base::Result<base::SystemTime> parse_since(std::string_view text);

}  // namespace dss::app
