#include "evaluation/decisions.h"

#include <limits>

namespace dss::evaluation {
namespace {

double ratio(std::size_t part, std::size_t whole) {
  if (whole == 0) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

double Confusion::precision() const {
  return ratio(true_positives, true_positives + false_positives);
}

double Confusion::recall() const { return ratio(true_positives, true_positives + false_negatives); }

double Confusion::f1() const {
  const std::size_t whole = 2 * true_positives + false_positives + false_negatives;
  return whole == 0 ? 0 : ratio(2 * true_positives, whole);
}

Confusion decide(std::span<const float> probabilities, std::span<const std::uint8_t> truths,
                 float threshold) {
  Confusion counts;
  for (std::size_t row = 0; row < probabilities.size(); ++row) {
    const bool flagged = probabilities[row] >= threshold;
    if (truths[row] != 0) {
      ++(flagged ? counts.true_positives : counts.false_negatives);
    } else {
      ++(flagged ? counts.false_positives : counts.true_negatives);
    }
  }
  return counts;
}

}  // namespace dss::evaluation
