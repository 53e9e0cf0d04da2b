// The toxicity classifier of the discourse-ai plugin: `POST /api/v1/classify`.
#pragma once

#include "api/service.h"
#include "http/route.h"

namespace dss::api::discourse {

/// Longest text, in code points: Discourse's default limit of a post, and its title.
inline constexpr std::size_t kMostCharacters = 32768;
inline constexpr std::size_t kMostBodyBytes = std::size_t{256} << 10;

/// Adds the route: `{"model"?, "content"}` → the plugin's seven labels, each a whole number of
/// percent, `sexual_explicit` always 0 because no model here knows it. `model` chooses nothing.
/// Failures are {"error": MESSAGE}; the plugin reads their status only. `X-API-KEY` is not looked
/// at. `service` outlives the server.
void add_routes(const Service& service, http::RouteTable* table);

}  // namespace dss::api::discourse
