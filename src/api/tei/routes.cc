#include "api/tei/routes.h"

#include <string>
#include <utility>

#include "api/ask.h"
#include "api/json_body.h"
#include "api/long_body.h"
#include "api/tei/classification.h"
#include "api/tei/info.h"

namespace dss::api::tei {
namespace {

using Read = Request (*)(const json::Value&);

http::Response answer(const Service& service, const Classification& wanted,
                      std::span<const Scored> results) {
  for (const Scored& scored : results) {
    if (!scored.outcome) return refusal(scored.outcome.error());
  }
  http::Response response;
  json::Writer writer(&response.body);
  if (wanted.nested) writer.begin_array();
  for (const Scored& scored : results) {
    write_predictions(judged_labels(*scored.outcome, service.thresholds), wanted, &writer);
  }
  if (wanted.nested) writer.end_array();
  return response;
}

void classify(const Service& service, Read read, const http::Request& request,
              http::Responder responder) {
  const base::SteadyTime begun = service.clock->steady();
  const auto body = json_object(request, &json::thread_reader());
  if (!body) return responder.send(render(body.error()));
  auto wanted = read(*body);
  if (!wanted) return responder.send(error_response(wanted.error()));
  const std::vector<std::string> texts = std::move(wanted->texts);
  std::vector<Question> questions;
  questions.reserve(texts.size());
  for (const std::string& text : texts) {
    questions.push_back({.text = text, .model = service.protocol_model});
  }
  ask_all(
      service, {request, begun, service.clock->steady()}, questions,
      [&service, form = std::move(*wanted)](std::span<const Scored> results) {
        return answer(service, form, results);
      },
      std::move(responder));
}

http::Route classifier(const Service& service, std::string path, Read read) {
  http::Route route;
  route.method = http::Method::kPost;
  route.path = std::move(path);
  route.max_body = kMostBodyBytes;
  route.renderer = render;  // two of the paths are a prefix of others' too
  route.handler = off_the_loop_when_long(
      service,
      [&service, read](const http::Request& request, http::Responder responder) {
        classify(service, read, request, std::move(responder));
      },
      refusal);
  return route;
}

}  // namespace

void add_routes(const Service& service, http::RouteTable* table) {
  for (const char* prefix : {"/predict", "/info"}) {
    table->renderers.emplace_back(prefix, render);
  }
  table->routes.push_back(classifier(service, "/predict", read_predict));
  table->routes.push_back(classifier(service, "/", read_text_classification));
  table->routes.push_back(classifier(service, "/models/{id...}", read_text_classification));
  http::Route about;
  about.path = "/info";
  about.handler = [&service](const http::Request&, http::Responder responder) {
    responder.send(info(service));
  };
  table->routes.push_back(std::move(about));
}

}  // namespace dss::api::tei
