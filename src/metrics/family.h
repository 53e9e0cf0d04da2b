// One family's series as the registry keeps them: a list that grows at its end while scrapes walk
// it.
#pragma once

#include <algorithm>
#include <atomic>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/cells.h"
#include "metrics/exemplar.h"
#include "metrics/snapshot.h"
#include "metrics/spec.h"

namespace dss::metrics {

/// One series. Complete before it is linked; afterwards only the atomics and the exemplars change.
struct Series {
  std::vector<std::string> values;
  LabelText labels;
  double created_seconds = 0;
  bool counted = false;  ///< its numbers lie in cells; otherwise in `stored`
  CellIndex cell = 0;
  std::atomic<double> stored{0};
  std::unique_ptr<ExemplarSlots> exemplars;
  std::atomic<bool> visible{true};
  std::atomic<Series*> next{nullptr};
};

/// Thread rule: append() by one thread at a time; everything else by any thread meanwhile.
class Family {
 public:
  explicit Family(const Spec& spec);

  [[nodiscard]] const Spec& spec() const { return spec_; }
  [[nodiscard]] std::span<const std::string_view> label_names() const { return label_names_; }
  [[nodiscard]] const Series* first() const { return first_.load(std::memory_order_acquire); }
  /// Null if there is no series with those label values.
  [[nodiscard]] Series* find(std::span<const std::string_view> values) const;
  /// The series that stands for all that the family had no room for; scrapes do not see it.
  [[nodiscard]] Series& overflow() { return overflow_; }

  [[nodiscard]] std::size_t size() const { return all_.size(); }
  Series& append(std::unique_ptr<Series> series);

 private:
  Spec spec_;
  std::vector<std::string_view> label_names_;
  std::vector<std::unique_ptr<Series>> all_;  ///< owns; only the appending thread looks at it
  std::atomic<Series*> first_{nullptr};
  Series overflow_;
};

}  // namespace dss::metrics
