// Times as key files and the command line write them.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace dss::auth {

/// `2026-03-01T08:30:00Z`.
[[nodiscard]] std::string utc_text(base::SystemTime time);
/// Reads that form, and `2026-03-01` as its midnight. Errors: kInvalidArgument.
[[nodiscard]] base::Result<base::SystemTime> parse_utc(std::string_view text);

}  // namespace dss::auth
