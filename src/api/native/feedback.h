// `POST /feedback`: what somebody says a text deserves.
#pragma once

#include "api/service.h"
#include "http/message.h"

namespace dss::api::native {

/// 202 when it will be kept; 200 with the reason when nothing is kept; 503 when the database does
/// not keep up. Thread-safe.
[[nodiscard]] http::Response take_feedback(const Service& service, const http::Request& request);

}  // namespace dss::api::native
