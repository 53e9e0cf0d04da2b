// Requests of 200 characters: plain, and with what JSON has to escape.
#include <benchmark/benchmark.h>

#include "json/reader.h"

namespace dss::json {
namespace {

constexpr std::string_view kPlain =
    R"({"text":"Thanks for the quick answer. I had a look at the article again and I think the )"
    R"(second paragraph is fine, but the date in the table needs a source, so could you please )"
    R"(add the one you mentioned?","model":"simple"})";
constexpr std::string_view kEscaped =
    R"({"text":"\"Merci\" pour la r\u00e9ponse\u00a0!\n\nJ'ai relu l'article \u2013 le second )"
    R"(paragraphe \u201cva bien\u201d, mais la date du tableau n'a pas de source \ud83d\ude42\n)"
    R"(Peux-tu ajouter celle dont tu parlais hier\u00a0?","model":"simple"})";

void parse(benchmark::State& state, std::string_view text) {
  const std::string padded = std::string(text) + std::string(kPadding, ' ');
  const std::string_view body = std::string_view(padded).substr(0, text.size());
  Reader reader;
  for (auto _ : state) {
    const auto document = reader.parse_padded(body);
    benchmark::DoNotOptimize(document->find("text")->string());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * body.size()));
}
BENCHMARK_CAPTURE(parse, plain, kPlain);
BENCHMARK_CAPTURE(parse, escaped, kEscaped);

void refuse(benchmark::State& state) {
  constexpr std::string_view kBroken =
      R"({"text":"Thanks for the quick answer." "model":"simple"})";
  Reader reader;
  for (auto _ : state) benchmark::DoNotOptimize(reader.parse(kBroken).error().offset);
}
BENCHMARK(refuse);

}  // namespace
}  // namespace dss::json
