// What the protocol costs beside the native one: the same 200 characters and the same answer of the
// model, everything but the socket.
#include <benchmark/benchmark.h>

#include <string>

#include "api/deterministic_backend.h"
#include "api/handler_runner.h"
#include "api/native/routes.h"
#include "api/perspective/routes.h"

namespace dss::api::perspective {
namespace {

std::string text_of_200() {
  std::string text;
  while (text.size() < 200) text += "some plain words ";
  text.resize(200);
  return text;
}

// A card with a map of as many points as the shipped ones have.
weights::Card card_with_maps() {
  weights::Card card = deterministic_card();
  for (const char* attribute : {"INSULT", "THREAT", "TOXICITY"}) {
    weights::PerspectiveScale scale{attribute, "toxic", {}};
    for (int i = 0; i < 23; ++i) {
      scale.points.x.push_back(static_cast<float>(i - 11));
      scale.points.y.push_back(static_cast<float>(i) / 22);
    }
    card.perspective.push_back(std::move(scale));
  }
  return card;
}

void ask(benchmark::State& state, const std::string& path, const std::string& body) {
  const weights::Card card = card_with_maps();
  scoring::Outcome outcome = *deterministic_score("p=0.9134567", {});
  outcome.card = &card;
  Stats stats;
  Service service;
  service.backend = deterministic_backend();
  service.backend.score = [&outcome](std::string_view, const scoring::Options&) {
    return base::Result<scoring::Outcome>(outcome);
  };
  service.clock = &base::system_clock();
  service.stats = &stats;
  http::RouteTable table;
  native::add_routes(service, &table);
  add_routes(service, {}, &table);
  for (auto _ : state) {
    auto response = run(table, {.method = http::Method::kPost, .path = path, .body = body});
    if (response->status != 200) return state.SkipWithError(response->body.c_str());
    benchmark::DoNotOptimize(response);
  }
}

void native_analyze(benchmark::State& state) {
  ask(state, "/analyze", R"({"text":")" + text_of_200() + R"(","model":"simple"})");
}
BENCHMARK(native_analyze);

void perspective_analyze(benchmark::State& state) {
  ask(state, "/v1alpha1/comments:analyze?key=k",
      R"({"comment":{"text":")" + text_of_200() +
          R"("},"languages":["en"],"requestedAttributes":{"TOXICITY":{}},"doNotStore":true})");
}
BENCHMARK(perspective_analyze);

void perspective_official_example(benchmark::State& state) {
  ask(state, "/v1alpha1/comments:analyze?key=k",
      R"({comment: {text: ")" + text_of_200() +
          R"("}, languages: ["en"], requestedAttributes: {TOXICITY:{}}})");
}
BENCHMARK(perspective_official_example);

}  // namespace
}  // namespace dss::api::perspective
