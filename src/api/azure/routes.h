// Azure AI Content Safety: `text:analyze` and the blocklists, below `/contentsafety/`.
#pragma once

#include <string_view>

#include "api/service.h"
#include "blocklist/store.h"
#include "http/route.h"

namespace dss::api::azure {

/// Adds all routes and their renderer of errors. Every route wants `api-version`. Text is analysed
/// for anybody; the blocklists are the operator's, guarded and served as `/stats` is, with the
/// token as `Ocp-Apim-Subscription-Key` too. `scheme` is of the links in answers
/// (`X-Forwarded-Proto` goes before it). `service` and `lists` outlive the server.
void add_routes(const Service& service, blocklist::Store* lists, std::string_view scheme,
                http::RouteTable* table);

}  // namespace dss::api::azure
