// Pages and their files, at rest in the program's read-only data.
#pragma once

#include <string_view>

#include "http/message.h"
#include "http/route.h"

namespace dss::api {

/// One file of the program. Its views live as long as the program.
struct Page {
  std::string_view path;
  std::string_view content_type;
  std::string_view plain;
  std::string_view gzip;  ///< the same bytes compressed; empty: only plain
};

/// The page in the coding that the request accepts, under that Content-Security-Policy.
[[nodiscard]] http::Response serve(const Page& page, std::string_view content_security_policy,
                                   const http::Request& request);

/// A GET route that serves the page. `page` must outlive the server; the policy is a literal.
[[nodiscard]] http::Route page_route(const Page& page, std::string_view content_security_policy);

}  // namespace dss::api
