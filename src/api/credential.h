// The key or token that a request shows.
#pragma once

#include <string>
#include <string_view>

#include "http/message.h"

namespace dss::api {

/// What clients of the protocols send: `Authorization: Bearer`, `X-API-Key`, `X-Goog-Api-Key`,
/// `Ocp-Apim-Subscription-Key`, or `?key=` (the Perspective API's way); the first one of them that
/// is there counts. Empty: none is. A key of the query is decoded into `memory`, which the result
/// may view. Nothing of it is ever logged: the access log has route templates only.
[[nodiscard]] std::string_view credential_of(const http::Request& request, std::string* memory);

}  // namespace dss::api
