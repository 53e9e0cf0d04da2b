// How good yes/no decisions are: counts at a threshold, precision, recall, F1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace dss::evaluation {

struct Confusion {
  std::size_t true_positives = 0;
  std::size_t false_positives = 0;
  std::size_t true_negatives = 0;
  std::size_t false_negatives = 0;

  /// NaN where nothing was flagged (precision) or nothing is positive (recall); F1 is 0 when both
  /// are absent.
  [[nodiscard]] double precision() const;
  [[nodiscard]] double recall() const;
  [[nodiscard]] double f1() const;
};

/// Flagged means probability ≥ threshold. REQUIRES: equal sizes.
[[nodiscard]] Confusion decide(std::span<const float> probabilities,
                               std::span<const std::uint8_t> truths, float threshold);

}  // namespace dss::evaluation
