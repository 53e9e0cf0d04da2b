// Every setting of `dss`, in the order of the documentation.
#pragma once

#include <string>

#include "config/setting.h"
#include "http/limits.h"

namespace dss::app {

[[nodiscard]] const config::Table& settings_table();

/// `http.header-bytes`: the setting behind a limit of the HTTP server.
[[nodiscard]] std::string http_limit_key(const http::LimitRow& row);

}  // namespace dss::app
