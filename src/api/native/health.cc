#include "api/native/health.h"

#include <algorithm>

#include "api/native/error.h"
#include "json/writer.h"

namespace dss::api::native {
namespace {

using States = std::vector<scoring::ModelState>;

constexpr int kRetryAfterSeconds = 5;

bool any_loaded(const States& states) {
  return std::any_of(states.begin(), states.end(), [](const auto& state) { return state.loaded; });
}

bool is_loaded(const States& states, std::string_view name) {
  return std::any_of(states.begin(), states.end(),
                     [name](const auto& state) { return state.loaded && state.name == name; });
}

http::Response status_response(std::string_view status) {
  http::Response response;
  json::Writer(&response.body).begin_object().key("status").string(status).end_object();
  return response;
}

http::Response not_ready(const Service& service, std::string reason) {
  return error_response({.status = 503,
                         .code = "not_ready",
                         .message = std::move(reason),
                         .retry_after_seconds = kRetryAfterSeconds},
                        *service.clock);
}

void write_model(const scoring::ModelState& state, json::Writer* writer) {
  writer->key(state.name).begin_object();
  writer->key("loaded").boolean(state.loaded);
  if (state.card != nullptr) writer->key("version").string(state.card->version);
  writer->end_object();
}

}  // namespace

http::Response health(const Service& service) {
  const States states = service.backend.models();
  const auto& configured = service.configured_models;
  const bool healthy = std::all_of(configured.begin(), configured.end(),
                                   [&](const auto& name) { return is_loaded(states, name); });
  http::Response response;
  if (!any_loaded(states)) response.status = 503;
  json::Writer writer(&response.body);
  writer.begin_object();
  writer.key("status").string(healthy && response.status == 200 ? "healthy" : "degraded");
  writer.key("version").string(service.version);
  writer.key("uptime_seconds")
      .number(base::seconds_between(service.started, service.clock->steady()));
  writer.key("timestamp").string(base::iso8601(service.clock->system()));
  writer.key("models").begin_object();
  for (const scoring::ModelState& state : states) write_model(state, &writer);
  writer.end_object().end_object();
  return response;
}

http::Response livez(const Service&) { return status_response("alive"); }

http::Response readyz(const Service& service) {
  if (!any_loaded(service.backend.models())) return not_ready(service, "No model is loaded");
  if (std::string reason = service.not_ready(); !reason.empty()) {
    return not_ready(service, std::move(reason));
  }
  return status_response("ready");
}

http::Response startupz(const Service& service) {
  if (!any_loaded(service.backend.models())) return not_ready(service, "No model is loaded yet");
  return status_response("started");
}

}  // namespace dss::api::native
