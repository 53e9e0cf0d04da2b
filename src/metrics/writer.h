// Handles of series, and the writer that updates them without locks.
#pragma once

#include <atomic>
#include <bit>
#include <cstdint>

#include "metrics/cells.h"
#include "metrics/exemplar.h"

namespace dss::metrics {

/// Handles are small values made by Registry at start; they are valid as long as the registry
/// lives.
struct Counter {
  CellIndex cell = 0;
};
/// A gauge that many threads raise and lower.
struct UpDown {
  CellIndex cell = 0;
};
/// `_count` and `_sum`.
struct Summary {
  CellIndex count = 0;  ///< the sum's cell follows
};
struct Histogram {
  const double* bounds = nullptr;
  std::uint32_t bound_count = 0;
  CellIndex first = 0;  ///< one cell per bucket, +Inf last, then the sum
  ExemplarSlots* exemplars = nullptr;
};
/// A number that is set, not counted: a gauge, or a counter kept elsewhere and copied at scrape.
/// Thread-safe.
class Value {
 public:
  explicit Value(std::atomic<double>* place) : place_(place) {}
  void set(double value) const { place_->store(value, std::memory_order_relaxed); }

 private:
  std::atomic<double>* place_;
};

/// Index of the first bound ≥ value; `count` if there is none. Written to compile without branches
/// on the value. REQUIRES: count > 0.
[[nodiscard]] inline std::uint32_t bucket_of(const double* bounds, std::uint32_t count,
                                             double value) {
  const double* base = bounds;
  std::uint32_t left = count;
  while (left > 1) {
    const std::uint32_t half = left / 2;
    base += base[half - 1] < value ? half : 0;
    left -= half;
  }
  return static_cast<std::uint32_t>(base - bounds) + (*base < value ? 1U : 0U);
}

/// Updates series on behalf of one thread. Take one per piece of work from Registry::writer().
/// Thread rule: to be used only by the thread that took it. An update is a relaxed load and store,
/// a few instructions without a lock prefix.
class Writer {
 public:
  explicit Writer(Shard* shard) : shard_(shard) {}

  void add(Counter counter, std::uint64_t n = 1) { bump(counter.cell, n); }
  void add(UpDown gauge, std::int64_t n) { bump(gauge.cell, static_cast<std::uint64_t>(n)); }
  void observe(Summary summary, double value) {
    bump(summary.count, 1);
    bump_double(summary.count + 1, value);
  }
  /// A NaN is ignored. The exemplar, if given, is kept for the bucket the value falls into.
  void observe(const Histogram& histogram, double value, const Exemplar* exemplar = nullptr) {
    if (value != value) return;
    const std::uint32_t bucket = bucket_of(histogram.bounds, histogram.bound_count, value);
    bump(histogram.first + bucket, 1);
    bump_double(histogram.first + histogram.bound_count + 1, value);
    if (exemplar != nullptr && histogram.exemplars != nullptr) [[unlikely]] {
      Exemplar kept = *exemplar;
      kept.value = value;
      histogram.exemplars->offer(bucket, kept);
    }
  }

 private:
  void bump(CellIndex index, std::uint64_t n) {
    auto& cell = shard_->own(index);
    cell.store(cell.load(std::memory_order_relaxed) + n, std::memory_order_relaxed);
  }
  void bump_double(CellIndex index, double value) {
    auto& cell = shard_->own(index);
    const double sum = std::bit_cast<double>(cell.load(std::memory_order_relaxed)) + value;
    cell.store(std::bit_cast<std::uint64_t>(sum), std::memory_order_relaxed);
  }

  Shard* shard_;
};

}  // namespace dss::metrics
