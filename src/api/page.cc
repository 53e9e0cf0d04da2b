#include "api/page.h"

#include "metrics/negotiate.h"

namespace dss::api {

http::Response serve(const Page& page, std::string_view content_security_policy,
                     const http::Request& request) {
  http::Response response;
  response.content_type = page.content_type;
  response.static_body = page.plain;
  response.headers.emplace_back("Content-Security-Policy", content_security_policy);
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

http::Route page_route(const Page& page, std::string_view content_security_policy) {
  http::Route route;
  route.method = http::Method::kGet;
  route.path = page.path;
  route.handler = [&page, content_security_policy](const http::Request& request,
                                                   http::Responder responder) {
    responder.send(serve(page, content_security_policy, request));
  };
  return route;
}

}  // namespace dss::api
