#include "api/openai/routes.h"

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "api/ask.h"
#include "api/json_body.h"
#include "api/listed.h"
#include "api/long_body.h"
#include "api/openai/error.h"
#include "api/openai/moderation.h"
#include "api/openai/moderation_request.h"
#include "base/rng.h"

namespace dss::api::openai {
namespace {

// `modr-` and 32 random hexadecimal digits.
std::string new_id() {
  static thread_local base::Rng rng((std::uint64_t{std::random_device{}()} << 32) ^
                                    std::random_device{}());
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string id = "modr-";
  for (int word = 0; word < 2; ++word) {
    std::uint64_t bits = rng.next();
    for (int i = 0; i < 16; ++i, bits >>= 4) id += kDigits[bits & 15];
  }
  return id;
}

http::Response answer(const Service& service, std::string_view model,
                      const std::vector<bool>& on_a_list, std::span<const Scored> results) {
  for (const Scored& scored : results) {
    if (!scored.outcome) return refusal(scored.outcome.error());
  }
  http::Response response;
  json::Writer writer(&response.body);
  writer.begin_object();
  writer.key("id").string(new_id());
  writer.key("model").string(model);
  writer.key("results").begin_array();
  for (std::size_t i = 0; i < results.size(); ++i) {
    write_result(moderate(judged_labels(*results[i].outcome, service.thresholds)), on_a_list[i],
                 &writer);
  }
  writer.end_array().end_object();
  return response;
}

void moderations(const Service& service, const http::Request& request, http::Responder responder) {
  const base::SteadyTime begun = service.clock->steady();
  const auto body = json_object(request, &json::thread_reader());
  if (!body) return responder.send(render(body.error()));
  const auto wanted = read_moderation_request(*body);
  if (!wanted) return responder.send(error_response(wanted.error()));
  std::vector<Question> questions;
  std::vector<bool> on_a_list;
  for (const std::string& text : wanted->texts) {
    questions.push_back({.text = text, .model = service.protocol_model});
    const auto found = listed(service, text);
    on_a_list.push_back(found && !found->matches.empty());
  }
  ask_all(
      service, {request, begun, service.clock->steady()}, questions,
      [&service, model = wanted->model, lists = std::move(on_a_list)](
          std::span<const Scored> results) { return answer(service, model, lists, results); },
      std::move(responder));
}

}  // namespace

void add_routes(const Service& service, http::RouteTable* table) {
  table->renderers.emplace_back("/v1/", render);
  http::Route route;
  route.method = http::Method::kPost;
  route.path = "/v1/moderations";
  route.max_body = kMostBodyBytes;
  route.handler = off_the_loop_when_long(
      service,
      [&service](const http::Request& request, http::Responder responder) {
        moderations(service, request, std::move(responder));
      },
      refusal);
  table->routes.push_back(std::move(route));
}

}  // namespace dss::api::openai
