#include "metrics/registry.h"

#include <array>
#include <numeric>
#include <thread>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"

namespace dss::metrics {
namespace {

using testing::ElementsAre;
using enum Type;

constexpr auto kBounds = std::to_array<double>({1, 2, 4});
constexpr Spec kFamilies[] = {
    {"requests_total", kCounter, "method,status", "Requests."},
    {"open", kGauge, "", "Open."},
    {"also_open", kGauge, "", "Open too."},
    {"seconds", kHistogram, "", "Seconds.", kBounds, true},
    {"bytes", kSummary, "", "Bytes."},
};

const SeriesSnapshot& only_series(const std::vector<FamilySnapshot>& all, std::size_t family) {
  EXPECT_EQ(all[family].series.size(), 1U);
  return all[family].series.at(0);
}

TEST(Registry, FamiliesKeepTheirOrderEvenWithoutSeries) {
  const Registry registry(kFamilies);
  const auto all = registry.collect();
  ASSERT_EQ(all.size(), 5U);
  EXPECT_EQ(all[0].spec.name, "requests_total");
  EXPECT_EQ(all[4].spec.name, "bytes");
  EXPECT_TRUE(all[0].series.empty());
}

TEST(Registry, ASeriesIsThereAtZeroBeforeItIsUsed) {
  Registry registry(kFamilies);
  (void)registry.counter("requests_total", {"GET", "2xx"});
  EXPECT_EQ(only_series(registry.collect(), 0).value, 0);
}

TEST(Registry, TheSameLabelsAreTheSameSeries) {
  Registry registry(kFamilies);
  const Counter one = registry.counter("requests_total", {"GET", "2xx"});
  const Counter two = registry.counter("requests_total", {"GET", "2xx"});
  registry.writer().add(one);
  registry.writer().add(two, 2);
  EXPECT_EQ(only_series(registry.collect(), 0).value, 3);
}

TEST(Registry, GaugesGoUpAndDownBelowZero) {
  Registry registry(kFamilies);
  const UpDown open = registry.up_down("open");
  registry.alias("also_open", {}, open);
  registry.writer().add(open, 2);
  registry.writer().add(open, -5);
  EXPECT_EQ(only_series(registry.collect(), 1).value, -3);
  EXPECT_EQ(only_series(registry.collect(), 2).value, -3);
}

TEST(Registry, HistogramsPutAValueOnABoundIntoItsBucket) {
  Registry registry(kFamilies);
  const Histogram seconds = registry.histogram("seconds");
  for (const double value : {-1.0, 1.0, 1.5, 2.0, 4.0, 4.5, 1e9}) {
    registry.writer().observe(seconds, value);
  }
  const auto all = registry.collect();
  EXPECT_THAT(only_series(all, 3).buckets, ElementsAre(2, 2, 1, 2));
  EXPECT_EQ(only_series(all, 3).count, 7U);
  EXPECT_DOUBLE_EQ(only_series(all, 3).sum, 1e9 + 12);
}

TEST(Registry, NotANumberIsNotObserved) {
  Registry registry(kFamilies);
  registry.writer().observe(registry.histogram("seconds"), std::nan(""));
  EXPECT_EQ(only_series(registry.collect(), 3).count, 0U);
  EXPECT_EQ(only_series(registry.collect(), 3).sum, 0);
}

TEST(Registry, KeepsTheLatestExemplarOfEachBucket) {
  Registry registry(kFamilies);
  const Histogram seconds = registry.histogram("seconds");
  const Exemplar old{.trace_id = {1}, .timestamp_seconds = 10};
  const Exemplar young{.trace_id = {2}, .timestamp_seconds = 20};
  registry.writer().observe(seconds, 1.5, &old);
  registry.writer().observe(seconds, 1.75, &young);
  const auto all = registry.collect();
  const auto& exemplars = only_series(all, 3).exemplars;
  ASSERT_EQ(exemplars.size(), 4U);
  EXPECT_EQ(exemplars[1].trace_id[0], 2);
  EXPECT_EQ(exemplars[1].value, 1.75);
  EXPECT_EQ(exemplars[0].trace_id[0], 0);
}

TEST(Registry, SummariesCountAndAdd) {
  Registry registry(kFamilies);
  const Summary bytes = registry.summary("bytes");
  registry.writer().observe(bytes, 10);
  registry.writer().observe(bytes, 0);
  const auto all = registry.collect();
  EXPECT_EQ(only_series(all, 4).count, 2U);
  EXPECT_EQ(only_series(all, 4).sum, 10);
}

TEST(Registry, BeyondTheCapUpdatesGoNowhereAndAreCounted) {
  Registry::Options options;
  options.max_series_per_family = 2;
  Registry registry(kFamilies, options);
  for (const char* method : {"A", "B", "C", "D"}) {
    registry.writer().add(registry.counter("requests_total", {method, "2xx"}));
  }
  registry.writer().observe(registry.histogram("seconds"), 1);
  const auto all = registry.collect();
  EXPECT_EQ(all[0].series.size(), 2U);
  EXPECT_EQ(all[0].series[0].value, 1);
  EXPECT_EQ(all[3].series[0].count, 1U);
  EXPECT_EQ(registry.dropped_series(), 2U);
}

TEST(Registry, HiddenSeriesComeBackWithTheirValue) {
  Registry registry(kFamilies);
  registry.value("open").set(1);
  registry.show("open", {}, false);
  EXPECT_TRUE(registry.collect()[1].series.empty());
  registry.show("open", {}, true);
  EXPECT_EQ(only_series(registry.collect(), 1).value, 1);
}

TEST(Registry, RefreshersRunBeforeEachScrape) {
  Registry registry(kFamilies);
  int calls = 0;
  registry.on_scrape([&, value = registry.value("open")] { value.set(++calls); });
  EXPECT_EQ(only_series(registry.collect(), 1).value, 1);
  EXPECT_EQ(only_series(registry.collect(), 1).value, 2);
}

TEST(Registry, ACountersTotalIsItsAlone) {
  Registry registry(kFamilies);
  const Counter first = registry.counter("requests_total", {"GET", "2xx"});
  const Counter second = registry.counter("requests_total", {"GET", "4xx"});
  registry.writer().add(second, 5);
  EXPECT_EQ(registry.total(second), 5U);
  EXPECT_EQ(registry.total(first), 0U);
}

TEST(Registry, TwoRegistriesDoNotMix) {
  Registry one(kFamilies);
  Registry two(kFamilies);
  const Counter in_one = one.counter("requests_total", {"GET", "2xx"});
  (void)two.counter("requests_total", {"GET", "2xx"});
  one.writer().add(in_one);
  EXPECT_EQ(only_series(one.collect(), 0).value, 1);
  EXPECT_EQ(only_series(two.collect(), 0).value, 0);
}

TEST(RegistryDeathTest, MistakesInTheProgramEndItAtStart) {
  Registry registry(kFamilies);
  EXPECT_DEATH((void)registry.counter("request_total"), "not in the catalogue");
  EXPECT_DEATH((void)registry.counter("open"), "another type");
  EXPECT_DEATH((void)registry.counter("requests_total", {"GET"}), "other labels");
}

/// What every scrape must see while threads write: nothing goes back, and no histogram contradicts
/// itself.
void expect_consistent(const std::vector<FamilySnapshot>& all, double* last_counter) {
  EXPECT_GE(all[0].series.at(0).value, *last_counter);
  *last_counter = all[0].series.at(0).value;
  const auto& histogram = only_series(all, 3);
  EXPECT_EQ(std::accumulate(histogram.buckets.begin(), histogram.buckets.end(), std::uint64_t{0}),
            histogram.count);
}

TEST(Registry, ManyThreadsWriteWhileOthersScrapeAndNothingIsLost) {
  constexpr int kThreads = 4;
  constexpr int kUpdates = 20000;
  Registry registry(kFamilies);
  const Counter counter = registry.counter("requests_total", {"GET", "2xx"});
  const Histogram histogram = registry.histogram("seconds");
  std::atomic<bool> done{false};
  std::vector<std::thread> writers;
  std::vector<std::thread> scrapers;
  for (int t = 0; t < 2; ++t) {
    scrapers.emplace_back([&] {
      double last = 0;
      while (!done) expect_consistent(registry.collect(), &last);
    });
  }
  for (int t = 0; t < kThreads; ++t) {
    writers.emplace_back([&, t] {
      const Exemplar exemplar{.trace_id = {static_cast<std::uint8_t>(t + 1)}};
      for (int i = 0; i < kUpdates; ++i) {
        Writer writer = registry.writer();
        writer.add(counter);
        writer.observe(histogram, i % 5, i % 16 == 0 ? &exemplar : nullptr);
      }
    });
  }
  // Series may be made meanwhile.
  for (int i = 0; i < 50; ++i) (void)registry.counter("requests_total", {std::to_string(i), "x"});
  for (auto& thread : writers) thread.join();
  done = true;
  for (auto& thread : scrapers) thread.join();
  const auto all = registry.collect();
  EXPECT_EQ(all[0].series[0].value, kThreads * kUpdates);
  EXPECT_EQ(all[3].series[0].count, std::uint64_t{kThreads} * kUpdates);
  EXPECT_EQ(all[3].series[0].sum, kThreads * kUpdates * 2.0);
}

RC_GTEST_PROP(BucketOf, IsTheFirstBoundNotBelowTheValue,
              (std::vector<double> bounds, double value)) {
  std::ranges::sort(bounds);
  RC_PRE(!bounds.empty());
  const auto expected = std::ranges::lower_bound(bounds, value) - bounds.begin();
  RC_ASSERT(bucket_of(bounds.data(), static_cast<std::uint32_t>(bounds.size()), value) == expected);
}

}  // namespace
}  // namespace dss::metrics
