// What a scrape sees: plain numbers at one moment, between the registry and the renderer.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "metrics/exemplar.h"
#include "metrics/spec.h"

namespace dss::metrics {

/// Labels of one series as they stand on the wire, escaped and sorted by name; `le` goes between
/// the two parts.
struct LabelText {
  std::string before_le;  ///< e.g. `handler="/analyze"`
  std::string after_le;   ///< e.g. `method="POST"`
};

struct SeriesSnapshot {
  const LabelText* labels = nullptr;  ///< owned by the registry
  double value = 0;                   ///< counters and gauges
  std::uint64_t count = 0;  ///< summaries and histograms; for the latter the sum of `buckets`
  double sum = 0;           ///< summaries and histograms
  std::vector<std::uint64_t> buckets{};  ///< histograms: not cumulative, the last is +Inf
  std::vector<Exemplar> exemplars{};     ///< empty, or one place per bucket
  double created_seconds = 0;            ///< since the Unix epoch
};

struct FamilySnapshot {
  Spec spec;
  std::vector<SeriesSnapshot> series;  ///< in the order in which they were made
};

}  // namespace dss::metrics
