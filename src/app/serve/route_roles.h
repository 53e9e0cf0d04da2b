// Which role each route needs, in one table.
#pragma once

#include <optional>
#include <string_view>

#include "auth/role.h"
#include "http/route.h"

namespace dss::app {

/// The role that a route needs once keys or tokens are asked for; nothing: it is open to all. What
/// the table does not name needs kAdmin, so that a new route is closed until it is named here.
[[nodiscard]] std::optional<auth::Role> role_of(http::Method method, std::string_view path);

}  // namespace dss::app
