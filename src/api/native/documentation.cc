#include "api/native/documentation.h"

#include <string_view>
#include <utility>

// NOLINTBEGIN(readability-identifier-naming): names made by dss_embed.
#define DSS_EMBEDDED(name)                           \
  extern "C" const unsigned char dss_embed_##name[]; \
  extern "C" const unsigned long dss_embed_##name##_size;
DSS_EMBEDDED(openapi_json)
DSS_EMBEDDED(docs_page)
DSS_EMBEDDED(docs_start)
DSS_EMBEDDED(swagger_script)
DSS_EMBEDDED(swagger_script_gz)
DSS_EMBEDDED(swagger_style)
DSS_EMBEDDED(swagger_style_gz)
DSS_EMBEDDED(swagger_icon)
#undef DSS_EMBEDDED
// NOLINTEND(readability-identifier-naming)

namespace dss::api::native {
namespace {

// Swagger UI sets style attributes and draws its icons from data: URLs; nothing else is allowed
// beyond own files.
constexpr std::string_view kContentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' "
    "data:; "
    "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";

std::string_view bytes(const unsigned char* data, unsigned long size) {
  return {reinterpret_cast<const char*>(data), size};
}

#define DSS_BYTES(name) bytes(dss_embed_##name, dss_embed_##name##_size)

}  // namespace

const std::vector<Page>& pages() {
  static const std::vector<Page> all = {
      {"/openapi.json", "application/json", DSS_BYTES(openapi_json), {}},
      {"/docs", "text/html; charset=utf-8", DSS_BYTES(docs_page), {}},
      {"/docs/start.js", "text/javascript; charset=utf-8", DSS_BYTES(docs_start), {}},
      {"/docs/swagger-ui-bundle.js", "text/javascript; charset=utf-8", DSS_BYTES(swagger_script),
       DSS_BYTES(swagger_script_gz)},
      {"/docs/swagger-ui.css", "text/css; charset=utf-8", DSS_BYTES(swagger_style),
       DSS_BYTES(swagger_style_gz)},
      {"/docs/favicon-32x32.png", "image/png", DSS_BYTES(swagger_icon), {}},
  };
  return all;
}

#undef DSS_BYTES

void add_documentation_routes(http::RouteTable* table) {
  for (const Page& page : pages()) {
    http::Route route = page_route(page, kContentSecurityPolicy);
    route.counted = !page.path.starts_with("/docs/");
    table->routes.push_back(std::move(route));
  }
}

}  // namespace dss::api::native
