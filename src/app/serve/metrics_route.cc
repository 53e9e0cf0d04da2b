#include "app/serve/metrics_route.h"

#include <memory>
#include <string>
#include <utility>

namespace dss::app {
namespace {

/// What outlives the request while the scrape waits for the lane.
struct Scrape {
  std::string accept;
  std::string accept_encoding;
  std::string query;
  http::Responder responder;
};

http::Response exposition_response(const metrics::Metrics& metrics, const Scrape& scrape) {
  metrics::Exposition exposition =
      metrics.expose(scrape.accept, scrape.accept_encoding, scrape.query);
  http::Response response;
  response.content_type = exposition.content_type;
  response.headers.emplace_back("Vary", "Accept, Accept-Encoding");
  if (!exposition.content_encoding.empty()) {
    response.headers.emplace_back("Content-Encoding", std::string(exposition.content_encoding));
  }
  response.body = std::move(exposition.body);
  return response;
}

http::Response busy_response() {
  http::Response response;
  response.status = 503;
  response.content_type = "text/plain; charset=utf-8";
  response.headers.emplace_back("Retry-After", "1");
  response.body = "too many scrapes at once\n";
  return response;
}

}  // namespace

http::Route metrics_route(const OperatorAccess& access, metrics::Metrics* metrics,
                          http::Lane* lane) {
  http::Route route;
  route.method = http::Method::kGet;
  route.path = "/metrics";
  route.counted = false;
  route.guard = access.guard;
  route.on_public = access.on_public;
  route.on_admin = access.on_admin;
  route.handler = [metrics, lane](const http::Request& request, http::Responder responder) {
    auto scrape = std::make_shared<Scrape>(Scrape{
        std::string(request.header("accept")), std::string(request.header("accept-encoding")),
        std::string(request.query), std::move(responder)});
    http::Task task(
        [metrics, scrape] { scrape->responder.send(exposition_response(*metrics, *scrape)); });
    if (lane->try_run(&task)) return;
    metrics->http().rejected(metrics::Rejection::kQueueFull);
    scrape->responder.send(busy_response());
  };
  return route;
}

}  // namespace dss::app
