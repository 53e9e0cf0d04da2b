// Scoring of texts that the processor has not just seen: 200 characters each, more than the caches
// and branch predictors remember, cut from the comments of evaluation/.
#include <benchmark/benchmark.h>
#include <zlib.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "base/rng.h"
#include "base/utf8.h"
#include "language/detector.h"
#include "scoring/engine.h"
#include "scoring/reading_bench.h"

namespace dss::scoring {
namespace {

constexpr std::size_t kTexts = 50'000;
constexpr std::size_t kLength = 200;

std::string read_gzip(const std::string& path) {
  const gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) throw std::runtime_error("cannot read " + path);
  std::string bytes;
  std::string part(1 << 16, '\0');
  for (int size = 0; (size = gzread(file, part.data(), 1 << 16)) > 0;) {
    bytes.append(part, 0, static_cast<std::size_t>(size));
  }
  gzclose(file);
  return bytes;
}

// The quoted fields of a CSV file in a row, white space of any kind as one blank. A doubled quote
// ends a field and begins the next one.
std::string read_comments(const std::string& path) {
  std::string stream;
  bool inside = false;
  for (const char c : read_gzip(path)) {
    if (c == '"') inside = !inside;
    const bool blank = c == '\n' || c == '\r' || c == '\t' || c == ' ' || c == '"';
    if (inside && !blank) stream += c;
    if (blank && !stream.empty() && stream.back() != ' ') stream += ' ';
  }
  return stream;
}

// Two pieces of half the length each.
std::vector<std::string> make_texts() {
  const std::string stream = read_comments(DSS_SOURCE_DIR "/evaluation/jigsaw_test.csv.gz");
  base::Rng rng(7);
  std::vector<std::string> texts;
  while (texts.size() < kTexts) {
    std::string text = stream.substr(rng.below(stream.size() - kLength), kLength / 2);
    text += stream.substr(rng.below(stream.size() - kLength), kLength / 2);
    if (base::is_valid_utf8(text)) texts.push_back(std::move(text));
  }
  return texts;
}

const std::string& next_text() {
  static const std::vector<std::string> texts = make_texts();
  static std::size_t at = 0;
  at = (at + 1) % texts.size();
  return texts[at];
}

void score(benchmark::State& state) {
  const auto engine = Engine::open({.models_directory = DSS_SOURCE_DIR "/models"});
  if (!engine) throw std::runtime_error(engine.error().message);
  next_text();
  for (auto _ : state) benchmark::DoNotOptimize((*engine)->score(next_text(), {})->scores);
}
BENCHMARK(score);

void detect_language(benchmark::State& state) {
  next_text();
  for (auto _ : state) benchmark::DoNotOptimize(language::detect(next_text()));
}
BENCHMARK(detect_language);

void normalize_and_score(benchmark::State& state) {
  next_text();
  bench_reading(state, next_text);
}
BENCHMARK(normalize_and_score);

}  // namespace
}  // namespace dss::scoring
