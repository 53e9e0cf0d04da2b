#include "api/native/routes.h"

#include <memory>
#include <utility>

#include "api/failure.h"
#include "api/long_body.h"
#include "api/native/analyze.h"
#include "api/native/anonymize.h"
#include "api/native/batch.h"
#include "api/native/batch_request.h"
#include "api/native/documentation.h"
#include "api/native/error.h"
#include "api/native/feedback.h"
#include "api/native/feedback_request.h"
#include "api/native/health.h"
#include "api/native/info.h"
#include "api/native/row_stream.h"
#include "api/native/score_request.h"

namespace dss::api::native {
namespace {

using Answer = http::Response (*)(const Service&);

http::Route get(const Service& service, std::string path, Answer answer) {
  http::Route route;
  route.method = http::Method::kGet;
  route.path = std::move(path);
  route.handler = [&service, answer](const http::Request&, http::Responder responder) {
    responder.send(answer(service));
  };
  return route;
}

// How a lane without room is said.
std::function<http::Response(const base::Error&)> busy_in(const Service& service) {
  return [&service](const base::Error& busy) {
    return error_response(failure_of(busy), *service.clock);
  };
}

http::Route analyze_route(const Service& service) {
  http::Route route;
  route.method = http::Method::kPost;
  route.path = "/analyze";
  route.max_body = kMaxBodyBytes;
  route.handler = off_the_loop_when_long(
      service,
      [&service](const http::Request& request, http::Responder responder) {
        analyze(service, request, std::move(responder));
      },
      busy_in(service));
  return route;
}

http::Route batch_route(const Service& service) {
  http::Route route;
  route.method = http::Method::kPost;
  route.path = "/analyze/batch";
  route.max_body = kMaxBatchBytes;
  route.handler = off_the_loop_when_long(
      service,
      [&service](const http::Request& request, http::Responder responder) {
        analyze_batch(service, request, std::move(responder));
      },
      busy_in(service));
  route.stream = [&service](const http::Request& request,
                            std::shared_ptr<http::StreamWriter> writer) {
    return open_row_stream(service, request, std::move(writer));
  };
  return route;
}

http::Route anonymize_route(const Service& service) {
  http::Route route;
  route.method = http::Method::kPost;
  route.path = "/anonymize";
  route.max_body = kMaxBodyBytes;
  route.handler = [&service](const http::Request& request, http::Responder responder) {
    responder.send(anonymize(service, request));
  };
  return route;
}

http::Route feedback_route(const Service& service) {
  http::Route route;
  route.method = http::Method::kPost;
  route.path = "/feedback";
  route.max_body = kMaxFeedbackBytes;
  route.handler = [&service](const http::Request& request, http::Responder responder) {
    responder.send(take_feedback(service, request));
  };
  return route;
}

http::Route probe(const Service& service, std::string path, Answer answer) {
  http::Route route = get(service, std::move(path), answer);
  route.on_admin = true;
  return route;
}

http::Route stats_route(const Service& service) {
  http::Route route = get(service, "/stats", stats);
  route.guard = service.operator_guard;
  route.on_public = service.operator_routes_on_public;
  route.on_admin = true;
  return route;
}

}  // namespace

void add_routes(const Service& service, http::RouteTable* table) {
  table->renderers.emplace_back("", error_renderer(*service.clock));
  auto& routes = table->routes;
  routes.push_back(analyze_route(service));
  routes.push_back(batch_route(service));
  routes.push_back(anonymize_route(service));
  routes.push_back(feedback_route(service));
  routes.push_back(get(service, "/", root));
  routes.push_back(probe(service, "/health", health));
  routes.push_back(probe(service, "/livez", livez));
  routes.push_back(probe(service, "/readyz", readyz));
  routes.push_back(probe(service, "/startupz", startupz));
  routes.push_back(get(service, "/models/info", models_info));
  routes.push_back(stats_route(service));
  add_documentation_routes(table);
}

}  // namespace dss::api::native
