// Everything of `POST /analyze` but the model and the socket: 200 characters in, the usual answer
// out.
#include <benchmark/benchmark.h>

#include <string>

#include "api/deterministic_backend.h"
#include "api/handler_runner.h"
#include "api/native/routes.h"
#include "api/native/score_request.h"
#include "api/native/score_response.h"

namespace dss::api::native {
namespace {

// The body with simdjson's padding behind it.
std::string padded_body() {
  std::string text;
  while (text.size() < 193) text += "some plain words ";
  text.resize(193);
  return R"({"text":")" + text + R"( p=0.91","model":"simple"})" + std::string(json::kPadding, '#');
}

std::string_view body_of(const std::string& padded) {
  return std::string_view(padded).substr(0, padded.size() - json::kPadding);
}

// Probabilities as a model gives them, so with all their digits.
scoring::Outcome usual_outcome() {
  scoring::Outcome outcome = *deterministic_score("p=0.9134567", {});
  for (std::size_t i = 0; i < outcome.scores.count; ++i) outcome.scores.probability[i] *= 0.987654F;
  return outcome;
}

void parse(benchmark::State& state) {
  const std::string padded = padded_body();
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        parse_score_request(body_of(padded), "simple", &json::thread_reader()));
  }
}
BENCHMARK(parse);

void write(benchmark::State& state) {
  const scoring::Outcome outcome = usual_outcome();
  const Verdict verdict = *verdict_of(outcome);
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        write_score_response(outcome, {.model = "simple",
                                       .verdict = verdict,
                                       .processing = std::chrono::nanoseconds(12345),
                                       .timestamp = base::system_clock().system()}));
  }
}
BENCHMARK(write);

void whole_handler(benchmark::State& state) {
  const std::string padded = padded_body();
  const scoring::Outcome outcome = usual_outcome();
  Stats stats;
  Service service;
  service.backend.score = [&outcome](std::string_view, const scoring::Options&) {
    return base::Result<scoring::Outcome>(outcome);
  };
  service.clock = &base::system_clock();
  service.stats = &stats;
  http::RouteTable table;
  add_routes(service, &table);
  const std::string body(body_of(padded));
  for (auto _ : state) {
    benchmark::DoNotOptimize(run(table, {.method = http::Method::kPost,
                                         .path = "/analyze",
                                         .headers = {{"Content-Type", "application/json"}},
                                         .body = body}));
  }
}
BENCHMARK(whole_handler);

}  // namespace
}  // namespace dss::api::native
