// From text to pieces with the uncased vocabulary of BERT.
#include <benchmark/benchmark.h>

#include <fstream>
#include <iterator>
#include <string>

#include "tokenizer/wordpiece.h"

namespace dss::tokenizer {
namespace {

constexpr std::string_view kEnglish =
    "Thanks for the quick answer. I had a look at the article again and I think the second "
    "paragraph is fine, but the date in the table needs a source, so could you please add the "
    "one you mentioned yesterday? It's unbelievably well-written otherwise!";
constexpr std::string_view kQuotes =
    "I don’t think “that” is what she’s saying – it isn’t… and we’re naïve if we believe it’s so.";
constexpr std::string_view kFrench =
    "Même si l’été était à peine commencé, les élèves préféraient déjà rêver de forêts éloignées.";
constexpr std::string_view kRussian =
    "Спасибо за быстрый ответ. Я ещё раз посмотрел статью, и второй абзац мне нравится.";
constexpr std::string_view kChinese = "谢谢你的快速回答。我又看了一遍这篇文章，觉得第二段很好。";
constexpr std::string_view kHangul =
    "빠른 답변 감사합니다. 기사를 다시 살펴보았는데 두 번째 단락은 괜찮습니다.";

std::string vocabulary() {
  std::ifstream file(DSS_SOURCE_DIR "/models/bert/vocab.txt", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

const WordPiece& uncased() {
  static const WordPiece tokeniser = *WordPiece::parse(vocabulary());
  return tokeniser;
}

void ids(benchmark::State& state, std::string_view text) {
  std::vector<std::uint32_t> out;
  for (auto _ : state) {
    out.clear();
    uncased().append_ids(text::Valid::promise(text), &out);
    benchmark::DoNotOptimize(out.data());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
  state.counters["pieces"] = static_cast<double>(out.size());
}
BENCHMARK_CAPTURE(ids, english, kEnglish);
BENCHMARK_CAPTURE(ids, quotes, kQuotes);
BENCHMARK_CAPTURE(ids, french, kFrench);
BENCHMARK_CAPTURE(ids, russian, kRussian);
BENCHMARK_CAPTURE(ids, chinese, kChinese);
BENCHMARK_CAPTURE(ids, hangul, kHangul);

void pieces(benchmark::State& state, std::string_view text) {
  std::vector<Piece> out;
  for (auto _ : state) {
    out.clear();
    uncased().append(text::Valid::promise(text), &out);
    benchmark::DoNotOptimize(out.data());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}
BENCHMARK_CAPTURE(pieces, english, kEnglish);

void load(benchmark::State& state) {
  const std::string bytes = vocabulary();
  for (auto _ : state) benchmark::DoNotOptimize(WordPiece::parse(bytes));
}
BENCHMARK(load)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace dss::tokenizer
