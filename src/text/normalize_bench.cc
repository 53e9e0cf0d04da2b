#include <benchmark/benchmark.h>

#include <algorithm>

#include "text/normalize.h"

namespace dss::text {
namespace {

constexpr std::string_view kPlain =
    "Thanks for the quick answer. I had a look at the article again and I think the second "
    "paragraph is fine, but the date in the table needs a source, so could you please add the one "
    "you mentioned yesterday?";
constexpr std::string_view kObfuscated =
    "Y0u 4re a st.upid id!ot, go f u c k y o u r s e l f you p\u0456ece of sh1t, n\u200Bobody "
    "w.a.n.t.s you here b!tch, shuuuut up!!! and get l0st";

void run(benchmark::State& state, std::string_view text) {
  Normalizer normalizer;
  Normalized out;
  for (auto _ : state) {
    normalizer.run(Valid::promise(text), &out);
    benchmark::DoNotOptimize(out.text.data());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}

// The least that any normaliser does: a copy in small letters.
void lower_case_only(benchmark::State& state) {
  std::string out;
  for (auto _ : state) {
    out.assign(kPlain);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c; });
    benchmark::DoNotOptimize(out.data());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * kPlain.size()));
}

BENCHMARK(lower_case_only);
BENCHMARK_CAPTURE(run, plain, kPlain);
BENCHMARK_CAPTURE(run, obfuscated, kObfuscated);

}  // namespace
}  // namespace dss::text
