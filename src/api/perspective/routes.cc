#include "api/perspective/routes.h"

#include <memory>
#include <utility>

#include "api/long_body.h"
#include "api/perspective/batch.h"
#include "api/perspective/calls.h"
#include "api/perspective/comment.h"
#include "api/perspective/discovery.h"

namespace dss::api::perspective {
namespace {

using Shared = std::shared_ptr<const Context>;

bool is_plain(const http::Request& request) {
  const std::string_view encoding = request.header("content-encoding");
  return encoding.empty() || encoding == "identity";
}

void analyze(const Shared& context, const http::Request& request, http::Responder responder) {
  const Service& service = context->service;
  const base::SteadyTime begun = service.clock->steady();
  auto planned = plan_analysis(*context, request.body);
  if (!planned) return responder.send(error_response(planned.error()));
  const auto analysis = std::make_shared<const Analysis>(std::move(*planned));
  ask_all(
      service, {request, begun, service.clock->steady()}, analysis->questions(),
      [context, analysis](std::span<const Scored> scored) { return analysis->answer(scored); },
      std::move(responder));
}

void suggest(const Shared& context, const http::Request& request, http::Responder responder) {
  responder.send(suggest_score(*context, request.caller, request.body));
}

using Call = void (*)(const Shared&, const http::Request&, http::Responder);

http::Route post(std::string_view path, const Shared& context, Call call) {
  http::Route route;
  route.method = http::Method::kPost;
  route.path = path;
  route.max_body = kMostBodyBytes;
  route.handler = off_the_loop_when_long(
      context->service,
      [context, call](const http::Request& request, http::Responder responder) {
        if (!is_plain(request)) return responder.send(compressed_response());
        call(context, request, std::move(responder));
      },
      [](const base::Error& error) { return error_response(refusal_of(error)); });
  return route;
}

http::Route discovery_route(std::string_view path) {
  http::Route route;
  route.path = path;
  route.handler = [](const http::Request& request, http::Responder responder) {
    responder.send(discovery(request));
  };
  return route;
}

}  // namespace

void add_routes(const Service& service, Settings settings, http::RouteTable* table) {
  const auto context = std::make_shared<const Context>(Context{service, settings});
  for (const char* prefix : {"/v1alpha1/", "/batch", "/$discovery", "/%24discovery"}) {
    table->renderers.emplace_back(prefix, error_renderer());
  }
  table->routes.push_back(post(kAnalyzePath, context, analyze));
  table->routes.push_back(post(kSuggestPath, context, suggest));
  table->routes.push_back(post("/batch", context, batch));
  table->routes.push_back(discovery_route("/$discovery/rest"));
  table->routes.push_back(discovery_route("/%24discovery/rest"));
}

}  // namespace dss::api::perspective
