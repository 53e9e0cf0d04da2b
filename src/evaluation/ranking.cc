#include "evaluation/ranking.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace dss::evaluation {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

}  // namespace

Ranking::Ranking(std::span<const float> scores, std::span<const std::uint8_t> truths) {
  order_.reserve(scores.size());
  for (std::uint32_t row = 0; row < scores.size(); ++row) {
    order_.push_back({scores[row], row, truths[row]});
    positives_ += truths[row];
  }
  std::ranges::sort(order_, [](const Entry& a, const Entry& b) {
    return a.score != b.score ? a.score < b.score : a.row < b.row;
  });
}

double Ranking::auc() const { return auc(std::vector<std::uint32_t>(order_.size(), 1)); }

double Ranking::auc(std::span<const std::uint32_t> weights) const {
  double wins = 0;
  double negatives_below = 0;
  double positives = 0;
  for (std::size_t i = 0; i < order_.size();) {
    double tied_positives = 0;
    double tied_negatives = 0;
    const float score = order_[i].score;
    for (; i < order_.size() && order_[i].score == score; ++i) {
      const double weight = weights[order_[i].row];
      (order_[i].truth != 0 ? tied_positives : tied_negatives) += weight;
    }
    wins += tied_positives * (negatives_below + 0.5 * tied_negatives);
    negatives_below += tied_negatives;
    positives += tied_positives;
  }
  const double pairs = positives * negatives_below;
  return pairs > 0 ? wins / pairs : kNone;
}

double Ranking::average_precision() const {
  if (positives_ == 0) return kNone;
  double sum = 0;
  std::size_t seen = 0;
  std::size_t hits = 0;
  for (std::size_t i = order_.size(); i > 0;) {
    std::size_t tied_hits = 0;
    const float score = order_[i - 1].score;
    for (; i > 0 && order_[i - 1].score == score; --i) {
      ++seen;
      tied_hits += order_[i - 1].truth;
    }
    hits += tied_hits;
    sum += static_cast<double>(tied_hits) * static_cast<double>(hits) / static_cast<double>(seen);
  }
  return sum / static_cast<double>(positives_);
}

std::vector<std::uint32_t> resample(std::size_t rows, base::Rng* rng) {
  std::vector<std::uint32_t> weights(rows, 0);
  for (std::size_t i = 0; i < rows; ++i) ++weights[rng->below(rows)];
  return weights;
}

Interval percentile_interval(std::vector<double> values) {
  std::erase_if(values, [](double value) { return std::isnan(value); });
  if (values.empty()) return {kNone, kNone};
  std::ranges::sort(values);
  const auto at = [&](double share) {
    return values[static_cast<std::size_t>(
        std::lround(share * static_cast<double>(values.size() - 1)))];
  };
  return {at(0.025), at(0.975)};
}

}  // namespace dss::evaluation
