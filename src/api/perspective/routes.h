// The Perspective API (`/v1alpha1`): clients of it need another base URL and nothing else.
#pragma once

#include "api/perspective/settings.h"
#include "api/service.h"
#include "http/route.h"

namespace dss::api::perspective {

/// Adds `comments:analyze`, `comments:suggestscore`, the discovery document and `/batch`, and the
/// shape of failures there. `service` must outlive the table. API keys are neither asked for nor
/// refused.
void add_routes(const Service& service, Settings settings, http::RouteTable* table);

}  // namespace dss::api::perspective
