// How far two scores of the same rows agree: their decisions at a threshold, and as numbers.
#pragma once

#include <cstddef>
#include <span>

#include "evaluation/ranking.h"

namespace dss::evaluation {

struct Agreement {
  float threshold = 0;
  std::size_t positives = 0;  ///< rows whose reference reaches the threshold
  double f1 = 0;              ///< of finding these
  Interval f1_interval{};     ///< 95 %, bootstrap over rows; NaN without resamples
  double same = 0;            ///< share of rows that both decide alike
  Interval same_interval{};
};

/// Decisions `score >= threshold` of `scores` against those of `reference`. The same seed draws the
/// same rows in every call. REQUIRES: equal sizes, a row at least.
[[nodiscard]] Agreement agreement_at(std::span<const float> scores,
                                     std::span<const float> reference, float threshold,
                                     std::size_t resamples);

struct Correlation {
  double pearson = 0;
  Interval interval{};
};

/// NaN where one of the two does not vary. REQUIRES: equal sizes, a row at least.
[[nodiscard]] Correlation correlate(std::span<const float> scores, std::span<const float> reference,
                                    std::size_t resamples);

}  // namespace dss::evaluation
