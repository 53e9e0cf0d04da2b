// Whether probabilities mean what they say: Brier score and skill, expected calibration error,
// reliability bins.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace dss::evaluation {

/// Mean squared difference between probability and truth. REQUIRES: not empty, equal sizes.
[[nodiscard]] double brier_score(std::span<const float> probabilities,
                                 std::span<const std::uint8_t> truths);

/// 1 − Brier / Brier of always answering the base rate: above 0 is better than knowing the rate
/// alone. NaN when all truths are equal.
[[nodiscard]] double brier_skill(std::span<const float> probabilities,
                                 std::span<const std::uint8_t> truths);

/// One bin of a reliability diagram.
struct ReliabilityBin {
  std::size_t rows = 0;
  double mean_probability = 0;
  double observed = 0;  ///< share of positives
};

/// Expected calibration error over ten bins of equal width: Σ rows/total · |mean p − observed|
/// (Naeini, Cooper, Hauskrecht 2015).
[[nodiscard]] double expected_calibration_error(std::span<const float> probabilities,
                                                std::span<const std::uint8_t> truths);

/// The rows with probability ≥ `at_least`, sorted by probability and cut into `bins` of equal
/// counts (the first ones take a remainder). Fewer rows than bins: one bin a row.
[[nodiscard]] std::vector<ReliabilityBin> equal_count_bins(std::span<const float> probabilities,
                                                           std::span<const std::uint8_t> truths,
                                                           float at_least, std::size_t bins);

}  // namespace dss::evaluation
