// The description by which Google's client libraries build their calls.
#pragma once

#include <string_view>

#include "http/message.h"

namespace dss::api::perspective {

/// Google's discovery document, with the address under which the client reached this server as
/// `rootUrl`: the Host header, and `https` where X-Forwarded-Proto says so.
[[nodiscard]] http::Response discovery(const http::Request& request);

}  // namespace dss::api::perspective
