// `/openapi.json` and `/docs`: the contract and Swagger UI, both from the program itself.
#pragma once

#include <vector>

#include "api/page.h"
#include "http/route.h"

namespace dss::api::native {

/// Adds `/openapi.json`, `/docs` and the files of the page under `/docs/`. The page asks no other
/// host for anything: its Content-Security-Policy forbids it.
void add_documentation_routes(http::RouteTable* table);

/// All of them, `/openapi.json` included.
[[nodiscard]] const std::vector<Page>& pages();

}  // namespace dss::api::native
