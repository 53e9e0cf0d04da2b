// Families and their series: made at start, updated by any thread without locks, read by any number
// of scrapes.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <span>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "metrics/snapshot.h"
#include "metrics/spec.h"
#include "metrics/writer.h"

namespace dss::metrics {

class Family;
struct Series;

/// Thread-safe. Making a series takes a lock; updating one does not (see Writer); a scrape holds a
/// lock only while it runs the refreshers, one scrape after the other, never while it reads or
/// renders.
class Registry {
 public:
  struct Options {
    std::size_t max_series_per_family = 1000;
    const base::Clock* clock = &base::system_clock();
  };

  /// Families are exposed in the order given. REQUIRES: names are unique and valid, labels sorted.
  explicit Registry(std::span<const Spec> families);
  Registry(std::span<const Spec> families, const Options& options);
  ~Registry();
  Registry(const Registry&) = delete;
  Registry& operator=(const Registry&) = delete;

  /// Label values in the order of the family's label names, any bytes of UTF-8.
  using Values = std::initializer_list<std::string_view>;

  /// The series of that family with those label values, made with the value 0 if it is new. Beyond
  /// the cap of a family the handle is good but its updates go nowhere, and dropped_series() rises.
  /// REQUIRES: the family exists, has that type and as many labels; anything else ends the program
  /// at start.
  [[nodiscard]] Counter counter(std::string_view family, Values values = {});
  [[nodiscard]] UpDown up_down(std::string_view family, Values values = {});
  [[nodiscard]] Histogram histogram(std::string_view family, Values values = {});
  [[nodiscard]] Summary summary(std::string_view family, Values values = {});
  /// A gauge, or a counter whose count is kept elsewhere.
  [[nodiscard]] Value value(std::string_view family, Values values = {});
  /// A second name for `same`: both series always show one number.
  void alias(std::string_view family, Values values, UpDown same);
  /// Leaves the series out of scrapes, or brings it back.
  void show(std::string_view family, Values values, bool visible);

  /// What a counter stands at.
  [[nodiscard]] std::uint64_t total(Counter counter) const;

  /// The calling thread's writer.
  [[nodiscard]] Writer writer() const {
    if (cached_.registry == id_) [[likely]] {
      return Writer(cached_.shard);
    }
    return writer_of_new_thread();
  }

  /// `refresh` runs at the start of each scrape, never twice at once, and sets values.
  void on_scrape(std::function<void()> refresh);
  /// All families with their series now.
  [[nodiscard]] std::vector<FamilySnapshot> collect() const;

  /// Series refused because their family was full.
  [[nodiscard]] std::uint64_t dropped_series() const { return dropped_series_.load(); }

 private:
  struct Cache {
    std::uint64_t registry = 0;
    Shard* shard = nullptr;
  };
  /// Where a new series keeps its numbers.
  struct Place {
    bool counted = false;         ///< in cells, otherwise in the series itself
    std::uint32_t new_cells = 0;  ///< 0: those from shared_cell on
    CellIndex shared_cell = 0;
  };
  static Place cells(std::uint32_t count) { return {.counted = true, .new_cells = count}; }

  [[nodiscard]] Writer writer_of_new_thread() const;
  [[nodiscard]] Family& family_of(std::string_view name, std::initializer_list<Type> types,
                                  Values values) const;
  Series& series_of(Family& family, Values values, const Place& place);

  static thread_local constinit Cache cached_;

  const std::uint64_t id_;
  const Options options_;
  std::shared_ptr<ShardSet> shards_ = std::make_shared<ShardSet>();
  std::vector<std::unique_ptr<Family>> families_;
  mutable std::mutex making_;  ///< guards making series and cells
  CellIndex next_cell_ = 0;
  std::atomic<std::uint64_t> dropped_series_{0};
  mutable std::mutex refreshing_;
  std::vector<std::function<void()>> refreshers_;
};

}  // namespace dss::metrics
