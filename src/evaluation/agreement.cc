#include "evaluation/agreement.h"

#include <cmath>
#include <cstdint>
#include <vector>

#include "base/rng.h"

namespace dss::evaluation {
namespace {

constexpr std::uint64_t kSeed = 1;

using Weights = std::vector<std::uint32_t>;

struct Rates {
  double f1;
  double same;
};

Rates rates(std::span<const float> scores, std::span<const float> reference, float threshold,
            const Weights& weights) {
  double both = 0;
  double flagged = 0;
  double positives = 0;
  double rows = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const double weight = weights[i];
    const bool flag = scores[i] >= threshold;
    const bool positive = reference[i] >= threshold;
    rows += weight;
    flagged += flag ? weight : 0;
    positives += positive ? weight : 0;
    both += flag && positive ? weight : 0;
  }
  const double either = flagged + positives;
  return {either > 0 ? 2 * both / either : 0, 1 - (either - 2 * both) / rows};
}

double pearson(std::span<const float> a, std::span<const float> b, const Weights& weights) {
  double n = 0;
  double sum_a = 0;
  double sum_b = 0;
  double aa = 0;
  double bb = 0;
  double ab = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double weight = weights[i];
    const double x = a[i];
    const double y = b[i];
    n += weight;
    sum_a += weight * x;
    sum_b += weight * y;
    aa += weight * x * x;
    bb += weight * y * y;
    ab += weight * x * y;
  }
  return (n * ab - sum_a * sum_b) / std::sqrt((n * aa - sum_a * sum_a) * (n * bb - sum_b * sum_b));
}

}  // namespace

Agreement agreement_at(std::span<const float> scores, std::span<const float> reference,
                       float threshold, std::size_t resamples) {
  const Rates whole = rates(scores, reference, threshold, Weights(scores.size(), 1));
  Agreement agreement{.threshold = threshold, .f1 = whole.f1, .same = whole.same};
  for (const float score : reference) agreement.positives += score >= threshold ? 1 : 0;
  std::vector<double> f1;
  std::vector<double> same;
  base::Rng rng(kSeed);
  for (std::size_t i = 0; i < resamples; ++i) {
    const Rates one = rates(scores, reference, threshold, resample(scores.size(), &rng));
    f1.push_back(one.f1);
    same.push_back(one.same);
  }
  agreement.f1_interval = percentile_interval(std::move(f1));
  agreement.same_interval = percentile_interval(std::move(same));
  return agreement;
}

Correlation correlate(std::span<const float> scores, std::span<const float> reference,
                      std::size_t resamples) {
  Correlation correlation{.pearson = pearson(scores, reference, Weights(scores.size(), 1))};
  std::vector<double> draws;
  draws.reserve(resamples);
  base::Rng rng(kSeed);
  for (std::size_t i = 0; i < resamples; ++i) {
    draws.push_back(pearson(scores, reference, resample(scores.size(), &rng)));
  }
  correlation.interval = percentile_interval(std::move(draws));
  return correlation;
}

}  // namespace dss::evaluation
