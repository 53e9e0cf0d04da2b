#include "evaluation/calibration.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace dss::evaluation {
namespace {

constexpr std::size_t kWidthBins = 10;

ReliabilityBin summarise(std::span<const std::pair<float, std::uint8_t>> rows) {
  ReliabilityBin bin{.rows = rows.size()};
  for (const auto& [probability, truth] : rows) {
    bin.mean_probability += probability;
    bin.observed += truth;
  }
  bin.mean_probability /= static_cast<double>(rows.size());
  bin.observed /= static_cast<double>(rows.size());
  return bin;
}

}  // namespace

double brier_score(std::span<const float> probabilities, std::span<const std::uint8_t> truths) {
  double sum = 0;
  for (std::size_t row = 0; row < truths.size(); ++row) {
    const double error = static_cast<double>(probabilities[row]) - truths[row];
    sum += error * error;
  }
  return sum / static_cast<double>(truths.size());
}

double brier_skill(std::span<const float> probabilities, std::span<const std::uint8_t> truths) {
  double positives = 0;
  for (const std::uint8_t truth : truths) positives += truth;
  const double rate = positives / static_cast<double>(truths.size());
  const double reference = rate * (1 - rate);
  if (!(reference > 0)) return std::numeric_limits<double>::quiet_NaN();
  return 1 - brier_score(probabilities, truths) / reference;
}

double expected_calibration_error(std::span<const float> probabilities,
                                  std::span<const std::uint8_t> truths) {
  std::array<double, kWidthBins> gap{};  // Σ (p − truth) of the bin
  for (std::size_t row = 0; row < truths.size(); ++row) {
    const auto bin = static_cast<std::size_t>(probabilities[row] * static_cast<float>(kWidthBins));
    gap[std::min(bin, kWidthBins - 1)] += static_cast<double>(probabilities[row]) - truths[row];
  }
  double sum = 0;
  for (const double difference : gap) sum += std::abs(difference);
  return sum / static_cast<double>(truths.size());
}

std::vector<ReliabilityBin> equal_count_bins(std::span<const float> probabilities,
                                             std::span<const std::uint8_t> truths, float at_least,
                                             std::size_t bins) {
  std::vector<std::pair<float, std::uint8_t>> rows;
  for (std::size_t row = 0; row < truths.size(); ++row) {
    if (probabilities[row] >= at_least) rows.emplace_back(probabilities[row], truths[row]);
  }
  // By probability only: among equals, truths must not decide who comes into which bin.
  std::ranges::stable_sort(rows, {}, &std::pair<float, std::uint8_t>::first);
  bins = std::min(bins, rows.size());
  std::vector<ReliabilityBin> result;
  for (std::size_t bin = 0, begin = 0; bin < bins; ++bin) {
    const std::size_t size = rows.size() / bins + (bin < rows.size() % bins ? 1 : 0);
    result.push_back(summarise(std::span(rows).subspan(begin, size)));
    begin += size;
  }
  return result;
}

}  // namespace dss::evaluation
