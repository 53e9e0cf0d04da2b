// Whether a request's body is what the native routes read: plain JSON in UTF-8.
#pragma once

#include <optional>

#include "base/clock.h"
#include "http/message.h"

namespace dss::api::native {

/// The 415 for a body that is compressed or no JSON by its headers; nothing if it may be read.
[[nodiscard]] std::optional<http::Response> refuse_body_type(const http::Request& request,
                                                             const base::Clock& clock);

}  // namespace dss::api::native
