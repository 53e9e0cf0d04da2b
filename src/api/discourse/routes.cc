#include "api/discourse/routes.h"

#include <array>
#include <string>
#include <utility>

#include "api/ask.h"
#include "api/failure.h"
#include "api/json_body.h"
#include "api/judged_labels.h"
#include "api/level.h"
#include "api/long_body.h"
#include "base/utf8.h"
#include "json/writer.h"

namespace dss::api::discourse {
namespace {

struct Label {
  std::string_view theirs;
  std::string_view ours;  // empty: not modelled
};
constexpr std::array<Label, 7> kLabels = {{{"toxicity", "toxic"},
                                           {"severe_toxicity", "severe_toxic"},
                                           {"obscene", "obscene"},
                                           {"identity_attack", "identity_hate"},
                                           {"insult", "insult"},
                                           {"threat", "threat"},
                                           {"sexual_explicit", ""}}};

http::Response render(const http::Failure& failure) {
  http::Response response;
  response.status = failure.status;
  if (failure.retry_after_seconds > 0) {
    response.headers.emplace_back("Retry-After", std::to_string(failure.retry_after_seconds));
  }
  json::Writer(&response.body).begin_object().key("error").string(failure.message).end_object();
  return response;
}

http::Response answer(const Scored& scored) {
  if (!scored.outcome) return render(failure_of(scored.outcome.error()));
  const auto labels = judged_labels(*scored.outcome, {});
  http::Response response;
  json::Writer writer(&response.body);
  writer.begin_object();
  for (const Label& label : kLabels) {
    const auto found = find_label(labels, label.ours);
    writer.key(label.theirs).integer(found ? score_of(found->probability) : 0);
  }
  writer.end_object();
  return response;
}

void classify(const Service& service, const http::Request& request, http::Responder responder) {
  const base::SteadyTime begun = service.clock->steady();
  const auto body = json_object(request, &json::thread_reader());
  if (!body) return responder.send(render(body.error()));
  const auto content = body->find("content");
  const auto text = content ? content->string() : std::nullopt;
  if (!text || base::count_code_points(*text) > kMostCharacters) {
    return responder.send(render({.status = 422,
                                  .code = "validation_error",
                                  .message = "content must be a string of at most " +
                                             std::to_string(kMostCharacters) + " characters"}));
  }
  ask(service, {request, begun, service.clock->steady()},
      {.text = *text, .model = service.protocol_model}, answer, std::move(responder));
}

}  // namespace

void add_routes(const Service& service, http::RouteTable* table) {
  table->renderers.emplace_back("/api/v1/", render);
  http::Route route;
  route.method = http::Method::kPost;
  route.path = "/api/v1/classify";
  route.max_body = kMostBodyBytes;
  route.handler = off_the_loop_when_long(
      service,
      [&service](const http::Request& request, http::Responder responder) {
        classify(service, request, std::move(responder));
      },
      [](const base::Error& error) { return render(failure_of(error)); });
  table->routes.push_back(std::move(route));
}

}  // namespace dss::api::discourse
