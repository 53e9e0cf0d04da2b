#include "api/verdict.h"

#include <algorithm>

namespace dss::api {
namespace {

constexpr std::string_view kOverall =
    models::kCategoryNames[static_cast<std::size_t>(models::Category::kToxic)];

}  // namespace

std::optional<Verdict> verdict_of(const scoring::Outcome& outcome) {
  const auto& labels = outcome.card->labels;
  const std::size_t count = std::min(labels.size(), outcome.scores.count);
  for (std::size_t i = 0; i < count; ++i) {
    if (labels[i].name != kOverall) continue;
    const float p = outcome.scores.probability[i];
    if (!(p >= 0 && p <= 1)) return std::nullopt;
    const int score = score_of(p);
    return Verdict{.score = score, .level = level_of(score), .confidence = std::max(p, 1 - p)};
  }
  return std::nullopt;
}

}  // namespace dss::api
