// One log line as JSON.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "log/logger.h"

namespace dss::log {

/// `{"time":"…","level":"info","message":"…",…fields}` and a newline. Always valid JSON in valid
/// UTF-8: ill-formed bytes become U+FFFD, numbers that JSON lacks become null.
[[nodiscard]] std::string format_line(base::SystemTime time, Level level, std::string_view message,
                                      std::initializer_list<Field> fields);

[[nodiscard]] std::string_view level_name(Level level);

}  // namespace dss::log
