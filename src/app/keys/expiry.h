// When something ends, as an operator types it.
#pragma once

#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace dss::app {

/// `90d`, `12h` or `30m` from `now`, or a time as auth::parse_utc() reads it. Errors
/// (kInvalidArgument) name the forms.
[[nodiscard]] base::Result<base::SystemTime> parse_expiry(std::string_view text,
                                                          base::SystemTime now);

}  // namespace dss::app
