#include "api/verdict.h"

#include <algorithm>

namespace dss::api {

std::optional<Verdict> verdict_of(const scoring::Outcome& outcome) {
  const auto& labels = outcome.card->labels;
  if (labels.empty()) return std::nullopt;
  const std::size_t overall = outcome.card->overall_label();
  if (overall >= outcome.scores.count) return std::nullopt;
  const float p = outcome.scores.probability[overall];
  if (!(p >= 0 && p <= 1)) return std::nullopt;
  const int score = score_of(p);
  return Verdict{.score = score, .level = level_of(score), .confidence = std::max(p, 1 - p)};
}

}  // namespace dss::api
