// A monotone map from one score to another that keeps how many rows reach each level.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace dss::evaluation {

/// Points of a piecewise linear function (base::piecewise_linear): x strictly increasing, y
/// non-decreasing from 0 to 1.
struct QuantileMap {
  std::vector<float> x;
  std::vector<float> y;
};

/// As many rows of `from` reach x as rows of `to` reach y, for the levels y = 0.02, 0.05, 0.1 …
/// 0.95, 0.98 that five rows at least reach and five do not; x lies in the middle between two rows.
/// So a threshold on `to` decides as often, and where scores rank alike the same rows, after the
/// map as before. Ends: `low` is 0 and `high` is 1. REQUIRES: one `to` in [0, 1] for each `from`,
/// which lie between `low` and `high`.
[[nodiscard]] QuantileMap fit_quantile_map(std::span<const float> from, std::span<const float> to,
                                           float low, float high);

/// `from` mapped, each row by a map fitted on the rows of the other folds; row i is in fold
/// i mod `folds`. REQUIRES: as fit_quantile_map; folds > 1.
[[nodiscard]] std::vector<float> cross_mapped(std::span<const float> from,
                                              std::span<const float> to, float low, float high,
                                              std::size_t folds);

}  // namespace dss::evaluation
