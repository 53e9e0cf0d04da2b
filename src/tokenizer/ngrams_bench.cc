// From normalised text to the distinct buckets that a model looks up.
#include <benchmark/benchmark.h>

#include "tokenizer/bucket_set.h"
#include "tokenizer/ngrams.h"

namespace dss::tokenizer {
namespace {

constexpr unsigned kBits = 18;
constexpr std::string_view kPlain =
    "thanks for the quick answer . i had a look at the article again and i think the second "
    "paragraph is fine , but the date in the table needs a source , so could you please add the "
    "one you mentioned yesterday ?";
// Signs inside words make compounds, which are read twice.
constexpr std::string_view kCompounds =
    "a well-known st.upid f*ck-up of an id!ot , state-of-the-art non-sense , w.a.n.t.s m*re !";

void count_rate(benchmark::State& state, std::string_view text, std::size_t ngrams) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
  state.counters["ngrams"] = static_cast<double>(ngrams);
}

void read(benchmark::State& state, std::string_view text) {
  NgramReader reader;
  Ngrams ngrams;
  for (auto _ : state) {
    reader.read(text, {}, &ngrams);
    benchmark::DoNotOptimize(ngrams.hashes().data());
  }
  count_rate(state, text, ngrams.hashes().size());
}
BENCHMARK_CAPTURE(read, plain, kPlain);
BENCHMARK_CAPTURE(read, compounds, kCompounds);

void read_into_buckets(benchmark::State& state, std::string_view text) {
  NgramReader reader;
  Ngrams ngrams;
  BucketSet buckets;
  for (auto _ : state) {
    reader.read(text, {}, &ngrams);
    buckets.start_over(kBits);
    buckets.add(ngrams.hashes(), [](std::uint32_t) {});
    benchmark::DoNotOptimize(buckets.buckets().data());
    buckets.finish();
  }
  count_rate(state, text, ngrams.hashes().size());
}
BENCHMARK_CAPTURE(read_into_buckets, plain, kPlain);
BENCHMARK_CAPTURE(read_into_buckets, compounds, kCompounds);

void words_only(benchmark::State& state) {
  for (auto _ : state) {
    WordReader reader(kPlain);
    Word word;
    while (reader.next(&word)) benchmark::DoNotOptimize(word.range);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * kPlain.size()));
}
BENCHMARK(words_only);

}  // namespace
}  // namespace dss::tokenizer
