// The guard of the operator's routes.
#pragma once

#include "auth/token_file.h"
#include "http/route.h"

namespace dss::api {

/// Lets pass what carries `Authorization: Bearer` with one of the file's tokens; 401 `unauthorized`
/// for the rest. `tokens` must outlive the guard. Thread-safe.
[[nodiscard]] http::Guard token_guard(const auth::TokenFile& tokens);

}  // namespace dss::api
