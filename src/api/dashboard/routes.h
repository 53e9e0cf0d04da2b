// `/dashboard`: a page that draws what `/metrics` tells.
#pragma once

#include <vector>

#include "api/page.h"
#include "api/service.h"
#include "http/route.h"

namespace dss::api::dashboard {

/// Adds `/dashboard` and the files of the page under `/dashboard/`, on the listeners that serve
/// `/metrics`, since the page reads it from where it came. The files hold no figures and are open
/// to all; they are not counted in http_*, so that looking changes nothing.
void add_routes(const Service& service, http::RouteTable* table);

/// The page first, then its files.
[[nodiscard]] const std::vector<Page>& pages();

}  // namespace dss::api::dashboard
