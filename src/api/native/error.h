// Failures in the native shape: {"error", "message", "timestamp"}.
#pragma once

#include <string_view>

#include "base/clock.h"
#include "http/route.h"

namespace dss::api::native {

/// Status, Retry-After, for 401 WWW-Authenticate, and the body.
[[nodiscard]] http::Response error_response(const http::Failure& failure, const base::Clock& clock);

/// error_response for the router. `clock` must outlive it.
[[nodiscard]] http::ErrorRenderer error_renderer(const base::Clock& clock);

}  // namespace dss::api::native
