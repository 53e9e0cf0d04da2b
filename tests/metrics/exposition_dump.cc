// Prints an exposition after known traffic, for the checks of tests/metrics that need no server.
//   exposition_dump text|openmetrics|created   the exposition
//   exposition_dump catalogue                  the table of docs/metrics.md
//   exposition_dump numbers                    each line of stdin, a double, as the exposition
//   writes it
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <map>
#include <string>

#include "catalogue_markdown.h"
#include "metrics/metrics.h"
#include "metrics/number.h"

namespace dss::metrics {
namespace {

/// The traffic of the documented sample: 42 analyses by simple, 18 by bert, with binary fractions
/// whose sums are exact, so that the documented sums come out to the digit.
void analyse_documented_texts(AnalysisMetrics* analysis) {
  double score_sum = 0;
  double seconds_sum = 0;
  const auto analyse = [&](ModelIndex model, double score, double seconds) {
    analysis->success({.model = model, .score = score, .processing_seconds = seconds});
    score_sum += score;
    if (model == 0) seconds_sum += seconds;
  };
  for (int i = 0; i < 15; ++i) analyse(0, i < 5 ? 5 : 20, 0.0078125);
  for (int i = 0; i < 25; ++i) analyse(0, i < 17 ? 30 : 60, 0.015625);
  analyse(0, 60, 0.125);
  analyse(0, 60, 1.245 - seconds_sum);
  for (int i = 0; i < 17; ++i) analyse(1, 60, 0.5);
  analyse(1, 2450.5 - score_sum, 0.5);
}

/// The requests behind the golden files.
void answer_requests(HttpMetrics* http) {
  const auto answer = [&](HandlerId id, int status, std::uint8_t model) {
    http->started(id);
    http->finished({.handler = id,
                    .status = status,
                    .model = model,
                    .request_bytes = 29,
                    .response_bytes = 100,
                    .seconds = 0.002});
  };
  for (const char* path : {"/health", "/docs", "/openapi.json"})
    answer(http->handler(path, "GET"), 200, 0);
  answer(http->redirect("/health/", "GET"), 307, 0);
  answer(http->handler("/analyze", "POST"), 200, 1);
  answer(http->handler("/analyze", "POST"), 422, 0);
  answer(http->handler("/boom", "GET"), 500, 0);
  answer(http->untemplated("GET"), 404, 0);
}

/// A sampled trace in every family that keeps exemplars.
void trace_one_request(Metrics* metrics) {
  base::Rng rng(1);
  trace::Context context = trace::new_trace(&rng);
  context.sampled = true;
  const HandlerId id = metrics->http().handler("/traced", "POST");
  metrics->http().started(id);
  metrics->http().finished({.handler = id, .model = 1, .seconds = 0.03, .trace = &context});
}

void load_models(Metrics* metrics) {
  metrics->models().loaded({.model = 0,
                            .version = "1.0 \"quoted\"\\",
                            .sha256 = "ab12",
                            .format = "linear-ngrams-1",
                            .load_seconds = 0.02,
                            .memory_bytes = 4096});
  const double reference[kScoreBins] = {0.5,  0.1,  0.1,  0.05, 0.05, 0.05,
                                        0.05, 0.05, 0.03, 0.01, 0.01};
  metrics->analysis().set_reference(0, reference);
}

int dump(const std::string& mode) {
  Metrics metrics({.created_series = mode == "created", .build = {"0.0.0", "test"}});
  load_models(&metrics);
  analyse_documented_texts(&metrics.analysis());
  answer_requests(&metrics.http());
  trace_one_request(&metrics);
  const char* accept = mode == "openmetrics" ? "application/openmetrics-text" : "";
  std::cout << metrics.expose(accept, "", "").body;
  return 0;
}

int print_numbers() {
  for (std::string line; std::getline(std::cin, line);) {
    std::cout << format_number(std::strtod(line.c_str(), nullptr)) << '\n';
  }
  return 0;
}

}  // namespace
}  // namespace dss::metrics

int main(int argc, char** argv) {
  const std::string mode = argc > 1 ? argv[1] : "text";
  if (mode == "catalogue") {
    std::cout << dss::metrics::catalogue_markdown();
    return 0;
  }
  return mode == "numbers" ? dss::metrics::print_numbers() : dss::metrics::dump(mode);
}
