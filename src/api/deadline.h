// How long the client waits for an answer.
#pragma once

#include <optional>

#include "base/clock.h"
#include "http/message.h"

namespace dss::api {

/// `begun` plus the milliseconds of the header X-Request-Deadline-Ms; nothing without a whole
/// number there.
[[nodiscard]] std::optional<base::SteadyTime> deadline_of(const http::Request& request,
                                                          base::SteadyTime begun);

}  // namespace dss::api
