#include "api/native/documentation.h"

#include "metrics/negotiate.h"

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

http::Response serve(const Page& page, const http::Request& request) {
  http::Response response;
  response.content_type = page.content_type;
  response.static_body = page.plain;
  response.headers.emplace_back("Content-Security-Policy", kContentSecurityPolicy);
  response.headers.emplace_back("Referrer-Policy", "no-referrer");
  response.headers.emplace_back("Cache-Control", "no-cache");
  if (!page.gzip.empty()) {
    response.headers.emplace_back("Vary", "Accept-Encoding");
    if (metrics::accepts_gzip(request.header("accept-encoding"))) {
      response.headers.emplace_back("Content-Encoding", "gzip");
      response.static_body = page.gzip;
    }
  }
  return response;
}

void add_documentation_routes(http::RouteTable* table) {
  for (const Page& page : pages()) {
    http::Route route;
    route.method = http::Method::kGet;
    route.path = page.path;
    route.counted = !page.path.starts_with("/docs/");
    route.handler = [&page](const http::Request& request, http::Responder responder) {
      responder.send(serve(page, request));
    };
    table->routes.push_back(std::move(route));
  }
}

}  // namespace dss::api::native
