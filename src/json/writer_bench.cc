#include <benchmark/benchmark.h>

#include "json/writer.h"

namespace dss::json {
namespace {

// Probabilities as a model gives them, with all their digits.
constexpr float kProbabilities[] = {0.93172306F, 0.041234587F, 0.61234572F,
                                    0.0023456F,  0.45678902F,  0.012345679F};
constexpr std::string_view kNames[] = {"toxic",  "severe_toxic", "obscene",
                                       "threat", "insult",       "identity_hate"};

void write_answer(benchmark::State& state) {
  std::string out;
  for (auto _ : state) {
    out.clear();
    Writer writer(&out);
    writer.begin_object().key("score").integer(93).key("toxicity_level").string("extreme");
    writer.key("categories").begin_object();
    for (std::size_t i = 0; i < std::size(kNames); ++i)
      writer.key(kNames[i]).number(kProbabilities[i]);
    writer.end_object().key("language").string("en").end_object();
    benchmark::DoNotOptimize(out.data());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * out.size()));
}
BENCHMARK(write_answer);

void write_string(benchmark::State& state, std::string_view text) {
  std::string out;
  for (auto _ : state) {
    out.clear();
    append_string(text, &out);
    benchmark::DoNotOptimize(out.data());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}
BENCHMARK_CAPTURE(write_string, plain,
                  "Thanks for the quick answer. I had a look at the article again and I think the "
                  "second paragraph is fine.");
BENCHMARK_CAPTURE(write_string, escaped,
                  "\"Thanks\" for the quick answer.\n\nI had a look at C:\\articles\tagain; I "
                  "think the \"second\" paragraph is fine \xF0\x9F\x99\x82");

void write_number(benchmark::State& state) {
  std::string out;
  for (auto _ : state) {
    out.clear();
    for (const float value : kProbabilities) append_number(value, &out);
    benchmark::DoNotOptimize(out.data());
  }
  state.SetItemsProcessed(
      static_cast<std::int64_t>(state.iterations() * std::size(kProbabilities)));
}
BENCHMARK(write_number);

}  // namespace
}  // namespace dss::json
