// What it costs to find and to mask personal data in 200 characters.
#include <benchmark/benchmark.h>

#include "personal/detect.h"
#include "personal/rewrite.h"

namespace dss::personal {
namespace {

std::string cut(std::string text, std::size_t length) {
  const std::string once = text;
  while (text.size() < length) text += " " + once;
  text.resize(length);
  return text;
}

std::string masked(const std::string& text) {
  return rewritten(text, detect(text), Strategy::kMask, nullptr);
}

void mask(benchmark::State& state, const std::string& once) {
  const std::string text = cut(once, static_cast<std::size_t>(state.range(0)));
  benchmark::DoNotOptimize(masked(text));
  for (auto _ : state) benchmark::DoNotOptimize(masked(text));
  state.counters["entities"] = static_cast<double>(detect(text).size());
}
BENCHMARK_CAPTURE(mask, plain_words,
                  "Thanks for the quick answer, I had a look at the article again and the second "
                  "paragraph is fine, but the date in the table needs a source, could you please "
                  "add the one you mentioned yesterday?")
    ->Arg(200)
    ->Arg(5000);
BENCHMARK_CAPTURE(mask, full_of_personal_data,
                  "Patricia Kovalev, 06 12 34 56 78, pk@example.org, 12 rue de la Paix, 75002 "
                  "Paris, GB82WEST12345698765432, 4111 1111 1111 1111, from 10.0.0.1")
    ->Arg(200)
    ->Arg(5000);
BENCHMARK_CAPTURE(mask, digits, "1 22 333 4444 call 55555 666666 ")->Arg(200)->Arg(5000);
BENCHMARK_CAPTURE(mask, capitals, "Aa Bb Cc Dd Ee Mr Xx ")->Arg(200)->Arg(5000);

}  // namespace
}  // namespace dss::personal
