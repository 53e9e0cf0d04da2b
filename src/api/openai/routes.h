// OpenAI's moderation endpoint: `POST /v1/moderations`.
#pragma once

#include "api/service.h"
#include "http/route.h"

namespace dss::api::openai {

/// Adds the route and the renderer of errors below `/v1/`. Credentials (`Authorization: Bearer`)
/// are neither asked for nor looked at. `service` outlives the server.
void add_routes(const Service& service, http::RouteTable* table);

}  // namespace dss::api::openai
