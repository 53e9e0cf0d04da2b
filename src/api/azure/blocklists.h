// The routes of Azure's blocklists.
#pragma once

#include <string_view>

#include "api/service.h"
#include "blocklist/store.h"
#include "http/route.h"

namespace dss::api::azure {

/// Most items of one addOrUpdateBlocklistItems, and of one page.
inline constexpr std::size_t kMostItemsAtOnce = 100;

/// Adds them, guarded; see add_routes() of routes.h.
void add_blocklist_routes(const Service& service, blocklist::Store* lists, std::string_view scheme,
                          http::RouteTable* table);

/// The failure of a request without `api-version`; nothing if it has one.
[[nodiscard]] std::optional<http::Response> missing_version(const http::Request& request);

}  // namespace dss::api::azure
