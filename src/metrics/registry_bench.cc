// What one update costs, beside the two obvious ways: a locked registry and atomic increments.
#include <atomic>
#include <map>
#include <mutex>
#include <string>

#include "benchmark/benchmark.h"
#include "metrics/metrics.h"

namespace dss::metrics {
namespace {

constexpr auto kBounds = std::to_array<double>({0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10});
constexpr Spec kFamilies[] = {{"counter_total", Type::kCounter, "", "Counter."},
                              {"seconds", Type::kHistogram, "", "Histogram.", kBounds}};

void BM_Counter_Sharded(benchmark::State& state) {
  static Registry registry(kFamilies);
  static const Counter counter = registry.counter("counter_total");
  for (auto _ : state) registry.writer().add(counter);
}
BENCHMARK(BM_Counter_Sharded)->ThreadRange(1, 2)->UseRealTime();

void BM_Counter_FetchAdd(benchmark::State& state) {
  static std::atomic<std::uint64_t> counter{0};
  for (auto _ : state) counter.fetch_add(1, std::memory_order_relaxed);
}
BENCHMARK(BM_Counter_FetchAdd)->ThreadRange(1, 2)->UseRealTime();

/// A registry as one writes it in an afternoon: a map by labels behind a lock.
class LockedHistogram {
 public:
  void observe(const std::string& labels, double value) {
    const std::lock_guard lock(mutex_);
    Series& series = series_[labels];
    ++series.buckets[bucket_of(kBounds.data(), kBounds.size(), value)];
    series.sum += value;
  }

 private:
  struct Series {
    std::array<std::uint64_t, kBounds.size() + 1> buckets{};
    double sum = 0;
  };
  std::mutex mutex_;
  std::map<std::string, Series> series_;
};

void BM_Histogram_Sharded(benchmark::State& state) {
  static Registry registry(kFamilies);
  static const Histogram histogram = registry.histogram("seconds");
  double value = 0;
  for (auto _ : state) registry.writer().observe(histogram, value = value > 10 ? 0 : value + 0.37);
}
BENCHMARK(BM_Histogram_Sharded)->ThreadRange(1, 2)->UseRealTime();

void BM_Histogram_Locked(benchmark::State& state) {
  static LockedHistogram histogram;
  double value = 0;
  for (auto _ : state)
    histogram.observe("model_type=simple", value = value > 10 ? 0 : value + 0.37);
}
BENCHMARK(BM_Histogram_Locked)->ThreadRange(1, 2)->UseRealTime();

/// All that one scored request writes: 50 cells.
void BM_WholeRequest(benchmark::State& state) {
  static Metrics metrics({});
  static const HandlerId id = metrics.http().handler("/analyze", "POST");
  const float probabilities[] = {0.1F, 0.01F, 0.05F, 0.02F, 0.07F, 0.001F};
  double jitter = 1;
  for (auto _ : state) {
    jitter = jitter > 3 ? 1 : jitter * 1.01;
    metrics.http().started(id);
    metrics.analysis().client_seen(0x9E3779B97F4A7C15ULL);
    metrics.analysis().success({.score = 10 * jitter,
                                .processing_seconds = 5e-5 * jitter,
                                .probabilities = probabilities,
                                .language = "en",
                                .characters = 200,
                                .tokens = 400,
                                .stages = {1e-6 * jitter, 4e-6, 2e-6, 1e-6, -1, 9e-6, 1e-6}});
    metrics.http().finished({.handler = id,
                             .model = 1,
                             .request_bytes = 220,
                             .response_bytes = 400,
                             .seconds = 6e-5 * jitter});
  }
}
BENCHMARK(BM_WholeRequest)->ThreadRange(1, 2)->UseRealTime();

void BM_Scrape(benchmark::State& state) {
  Metrics metrics({});
  for (const char* path : {"/analyze", "/health", "/docs", "/openapi.json", "/models/info"}) {
    metrics.http().handler(path, "GET");
  }
  const char* encoding = state.range(0) != 0 ? "gzip" : "";
  std::size_t bytes = 0;
  for (auto _ : state) bytes = metrics.expose("", encoding, "").body.size();
  state.counters["bytes"] = static_cast<double>(bytes);
}
BENCHMARK(BM_Scrape)->Arg(0)->Arg(1)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace dss::metrics
