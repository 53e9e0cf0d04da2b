// 10,000 items over a text of 200 characters: at most 20 us.
#include <benchmark/benchmark.h>

#include "base/rng.h"
#include "blocklist/matcher.h"

namespace dss::blocklist {
namespace {

std::string letters(base::Rng* rng, std::size_t length) {
  std::string out;
  while (out.size() < length) out += static_cast<char>('a' + rng->below(26));
  return out;
}

Item made(base::Rng* rng, Kind kind, std::size_t i) {
  std::string text = letters(rng, 4 + rng->below(8));
  if (kind == Kind::kWord && i % 4 == 0) text += " " + letters(rng, 5);
  if (kind == Kind::kPattern) text = "\\b" + text.substr(0, 2) + "[a-z]+" + text.substr(2) + "\\b";
  return {.id = std::to_string(i), .text = std::move(text), .kind = kind};
}

// `items`, of which every `pattern_step`-th is a pattern (0: none), half of the rest words.
Matcher matcher_of(std::size_t items, std::size_t pattern_step) {
  base::Rng rng(7);
  List list{.name = "own", .description = {}, .items = {}};
  for (std::size_t i = 0; i < items; ++i) {
    const bool pattern = pattern_step != 0 && i % pattern_step == 0;
    list.items.push_back(
        made(&rng, pattern ? Kind::kPattern : (i % 2 == 0 ? Kind::kWord : Kind::kExact), i));
  }
  return Matcher({std::move(list)});
}

// 200 characters of words, some of which begin as items do.
std::string text_of_200() {
  base::Rng rng(7);
  std::string text;
  while (text.size() < 200) text += letters(&rng, 2 + rng.below(8)) + " ";
  text.resize(200);
  return text;
}

void find(benchmark::State& state, std::size_t items, std::size_t pattern_step) {
  const Matcher matcher = matcher_of(items, pattern_step);
  const std::string text = text_of_200();
  for (auto _ : state) benchmark::DoNotOptimize(matcher.find(text));
}
BENCHMARK_CAPTURE(find, words_and_exact_10000, 10000, 0);
BENCHMARK_CAPTURE(find, with_100_patterns_10000, 10000, 100);
BENCHMARK_CAPTURE(find, with_1000_patterns_10000, 10000, 10);

void compile(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(matcher_of(10000, 100).empty());
}
BENCHMARK(compile)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace dss::blocklist
