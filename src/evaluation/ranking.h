// How well scores rank: ROC AUC, average precision, and their bootstrap intervals.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/rng.h"

namespace dss::evaluation {

/// Scores and binary truths of one label, sorted once so that every resample costs O(rows).
/// Thread-safe after construction.
class Ranking {
 public:
  /// REQUIRES: equal sizes; truths are 0 or 1.
  Ranking(std::span<const float> scores, std::span<const std::uint8_t> truths);

  /// Area under the ROC curve = P(score of a positive > score of a negative) + ½ P(equal)
  /// (Mann-Whitney). NaN when one of the classes is absent.
  [[nodiscard]] double auc() const;

  /// The same over rows that count `weights[row]` times (a bootstrap resample). REQUIRES: one
  /// weight per row.
  [[nodiscard]] double auc(std::span<const std::uint32_t> weights) const;

  /// Average precision Σ (Rₙ − Rₙ₋₁) Pₙ over distinct scores from high to low: the area under the
  /// precision-recall curve without interpolation. NaN without positives.
  [[nodiscard]] double average_precision() const;

  [[nodiscard]] std::size_t rows() const { return order_.size(); }
  [[nodiscard]] std::size_t positives() const { return positives_; }

 private:
  struct Entry {
    float score;
    std::uint32_t row;
    std::uint8_t truth;
  };
  std::vector<Entry> order_;  // by increasing score
  std::size_t positives_ = 0;
};

struct Interval {
  double low = 0;
  double high = 0;
};

/// How often each row was drawn when `rows` rows are drawn with replacement.
[[nodiscard]] std::vector<std::uint32_t> resample(std::size_t rows, base::Rng* rng);

/// Percentile interval (2.5 % to 97.5 %) of values, those that are NaN left out. REQUIRES: not
/// empty.
[[nodiscard]] Interval percentile_interval(std::vector<double> values);

}  // namespace dss::evaluation
