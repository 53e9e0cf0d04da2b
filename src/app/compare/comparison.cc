#include "app/compare/comparison.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>

#include "fmt/format.h"

namespace dss::app {
namespace {

std::string with_interval(double value, const evaluation::Interval& interval) {
  if (std::isnan(interval.low)) return fmt::format("{:.3f}", value);  // without resamples
  return fmt::format("{:.3f} ({:.3f}-{:.3f})", value, interval.low, interval.high);
}

std::optional<float> threshold_reached_by(std::span<const float> scores, std::size_t rows) {
  if (rows == 0) return std::nullopt;
  std::vector<float> falling(scores.begin(), scores.end());
  const auto place = falling.begin() + static_cast<std::ptrdiff_t>(rows - 1);
  std::nth_element(falling.begin(), place, falling.end(), std::greater<>());
  return *place;
}

}  // namespace

Comparison compare_scores(std::span<const float> before, std::span<const float> after,
                          float threshold, std::size_t resamples) {
  Comparison comparison{.rows = before.size(),
                        .agreement = evaluation::agreement_at(after, before, threshold, resamples),
                        .correlation = evaluation::correlate(after, before, resamples)};
  for (std::size_t row = 0; row < before.size(); ++row) {
    const bool was = before[row] >= threshold;
    const bool is = after[row] >= threshold;
    if (was == is) continue;
    ++(is ? comparison.newly_flagged : comparison.no_longer_flagged);
    comparison.changed.push_back(row);
  }
  std::stable_sort(comparison.changed.begin(), comparison.changed.end(),
                   [&](std::size_t left, std::size_t right) {
                     return std::abs(after[left] - before[left]) >
                            std::abs(after[right] - before[right]);
                   });
  comparison.as_often = threshold_reached_by(after, comparison.agreement.positives);
  return comparison;
}

std::string to_markdown(const Comparison& comparison) {
  const evaluation::Agreement& agreement = comparison.agreement;
  const std::size_t after =
      agreement.positives + comparison.newly_flagged - comparison.no_longer_flagged;
  std::string text;
  const auto out = std::back_inserter(text);
  fmt::format_to(out, "| at threshold {} | |\n|---|--:|\n", agreement.threshold);
  fmt::format_to(out, "| rows | {} |\n", comparison.rows);
  fmt::format_to(out, "| flagged before | {} |\n", agreement.positives);
  fmt::format_to(out, "| flagged now | {} |\n", after);
  fmt::format_to(out, "| newly flagged | {} |\n", comparison.newly_flagged);
  fmt::format_to(out, "| no longer flagged | {} |\n", comparison.no_longer_flagged);
  fmt::format_to(out, "| same decision (95 % interval) | {} |\n",
                 with_interval(agreement.same, agreement.same_interval));
  fmt::format_to(out, "| F1 of the rows flagged before | {} |\n",
                 with_interval(agreement.f1, agreement.f1_interval));
  fmt::format_to(out, "| Pearson's correlation | {} |\n",
                 with_interval(comparison.correlation.pearson, comparison.correlation.interval));
  if (comparison.as_often) {
    fmt::format_to(out, "| threshold that flags as many as before | {:.3f} |\n",
                   *comparison.as_often);
  }
  return text;
}

}  // namespace dss::app
