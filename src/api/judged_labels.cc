#include "api/judged_labels.h"

#include <algorithm>
#include <cmath>

namespace dss::api {

std::vector<JudgedLabel> judged_labels(const scoring::Outcome& outcome,
                                       const policy::Thresholds& operators) {
  const auto& known = outcome.card->labels;
  std::vector<JudgedLabel> labels;
  labels.reserve(known.size());
  for (std::size_t i = 0; i < std::min(known.size(), outcome.scores.count); ++i) {
    const policy::LabelScore score{.name = known[i].name,
                                   .probability = outcome.scores.probability[i],
                                   .card_threshold = known[i].threshold};
    labels.push_back({.name = score.name,
                      .probability = score.probability,
                      .threshold = policy::threshold_of(score, operators, {})});
  }
  return labels;
}

std::optional<JudgedLabel> find_label(const std::vector<JudgedLabel>& labels,
                                      std::string_view name) {
  const auto found = std::find_if(labels.begin(), labels.end(),
                                  [name](const JudgedLabel& label) { return label.name == name; });
  return found != labels.end() ? std::optional(*found) : std::nullopt;
}

float logit_of(float probability) {
  constexpr float kLeast = 1e-38F;
  constexpr float kMost = 1 - 0x1p-24F;
  const float p = std::clamp(probability, kLeast, kMost);
  return static_cast<float>(std::log(static_cast<double>(p)) - std::log1p(-static_cast<double>(p)));
}

}  // namespace dss::api
