#include <fstream>
#include <string>
#include <vector>

#include "benchmark/benchmark.h"
#include "language/detector.h"

namespace dss::language {
namespace {

std::vector<std::string> texts(std::string_view code, std::size_t bytes) {
  std::vector<std::string> out;
  std::ifstream file(DSS_SOURCE_DIR "/evaluation/language/sentences.tsv");
  for (std::string line; std::getline(file, line);) {
    if (line.substr(0, line.find('\t')) != code) continue;
    std::string text = line.substr(line.find('\t') + 1);
    while (text.size() < bytes) text += " " + text;
    text.resize(bytes);
    out.push_back(std::move(text));
  }
  return out;
}

/// English, where the cut falls on ASCII nearly always; different texts, so that branches are not
/// learnt by heart.
void BM_DetectEnglish(benchmark::State& state) {
  const auto all = texts("en", static_cast<std::size_t>(state.range(0)));
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(detect(all[i]));
    i = i + 1 == all.size() ? 0 : i + 1;
  }
  state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(BM_DetectEnglish)->Arg(20)->Arg(200)->Arg(1024)->Arg(10000);

}  // namespace
}  // namespace dss::language
