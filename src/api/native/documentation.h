// `/openapi.json` and `/docs`: the contract and Swagger UI, both from the program itself.
#pragma once

#include <string_view>
#include <vector>

#include "http/message.h"
#include "http/route.h"

namespace dss::api::native {

/// Adds `/openapi.json`, `/docs` and the files of the page under `/docs/`. The page asks no other
/// host for anything: its Content-Security-Policy forbids it.
void add_documentation_routes(http::RouteTable* table);

/// One file of the program, at rest in its read-only data.
struct Page {
  std::string_view path;
  std::string_view content_type;
  std::string_view plain;
  std::string_view gzip;  ///< the same bytes compressed; empty: only plain
};

/// All of them, `/openapi.json` included.
[[nodiscard]] const std::vector<Page>& pages();

/// The page in the coding that the request accepts.
[[nodiscard]] http::Response serve(const Page& page, const http::Request& request);

}  // namespace dss::api::native
