// The native routes, complete but for `/metrics`.
#pragma once

#include "api/service.h"
#include "http/route.h"

namespace dss::api::native {

/// Adds every route of the native API and its error renderer (as the default, prefix "") to
/// `table`. `service` outlives the server. Probes are served on the admin listener too.
void add_routes(const Service& service, http::RouteTable* table);

}  // namespace dss::api::native
