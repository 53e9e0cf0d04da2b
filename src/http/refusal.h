// What is wrong with a request before its handler sees it, and how that is said.
#pragma once

#include <optional>

#include "http/exchange.h"
#include "http/route.h"

namespace dss::http {

/// Unknown path, unknown method, a slash too many, or what the route's guard objects to.
[[nodiscard]] std::optional<Failure> judge_route(const Router::Match& match, Request& request);

/// The failure in the shape of the path's protocol, with Allow, Location, Retry-After and
/// WWW-Authenticate where they belong.
[[nodiscard]] Response render_refusal(const Router::Match& match, const Request& request,
                                      const Failure& failure);

}  // namespace dss::http
