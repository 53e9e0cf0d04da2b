#include <benchmark/benchmark.h>

#include <stdexcept>

#include "language/detector.h"
#include "scoring/engine.h"
#include "scoring/reading_bench.h"

namespace dss::scoring {
namespace {

constexpr std::string_view kComment =
    "Thanks for the quick answer. I had a look at the article again and I think the second "
    "paragraph is fine, but the date in the table needs a source, so could you please add the one "
    "you mentioned yesterday?";

std::string text_of(std::size_t length) {
  std::string text;
  while (text.size() < length) (text += kComment) += ' ';
  text.resize(length);
  return text;
}

const Engine& engine() {
  static const auto opened = Engine::open({.models_directory = DSS_SOURCE_DIR "/models"});
  if (!opened) throw std::runtime_error(opened.error().message);
  return **opened;
}

// Everything that scoring does for one text of the given length.
void score(benchmark::State& state) {
  const std::string text = text_of(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(engine().score(text, {})->scores);
  state.counters["bytes"] = static_cast<double>(text.size());
}
BENCHMARK(score)->Arg(60)->Arg(200)->Arg(400)->Arg(1000)->Arg(5000)->Arg(100'000);

void score_and_explain(benchmark::State& state) {
  const std::string text = text_of(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(engine().score(text, {"simple", true})->scores);
}
BENCHMARK(score_and_explain)->Arg(200)->Arg(5000);

// Its parts, at 200 bytes.
void detect_language(benchmark::State& state) {
  const std::string text = text_of(200);
  for (auto _ : state) benchmark::DoNotOptimize(language::detect(text));
}
BENCHMARK(detect_language);

void normalize_and_score(benchmark::State& state) {
  const std::string text = text_of(static_cast<std::size_t>(state.range(0)));
  bench_reading(state, [&text] { return std::string_view(text); });
}
BENCHMARK(normalize_and_score)->Arg(60)->Arg(200)->Arg(400)->Arg(5000);

}  // namespace
}  // namespace dss::scoring
