// `POST /batch`: several requests of the protocol in one multipart/mixed body.
#pragma once

#include <memory>

#include "api/perspective/settings.h"
#include "http/route.h"

namespace dss::api::perspective {

inline constexpr std::size_t kMostBatchParts = 1000;

/// Each part is `application/http` with a request of its own; each gets an answer, a failure too,
/// in a part whose Content-ID is `response-` and the request's. All texts are asked together.
void batch(const std::shared_ptr<const Context>& context, const http::Request& request,
           http::Responder responder);

}  // namespace dss::api::perspective
