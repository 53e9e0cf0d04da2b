#include "policy/thresholds.h"

namespace dss::policy {

float threshold_of(const LabelScore& label, const Thresholds& operators, const Thresholds& policy) {
  for (const Thresholds* level : {&policy, &operators}) {
    if (const auto found = level->find(label.name); found != level->end()) return found->second;
  }
  return label.card_threshold;
}

std::vector<std::string_view> flagged(std::span<const LabelScore> labels,
                                      const Thresholds& operators, const Thresholds& policy) {
  std::vector<std::string_view> names;
  for (const LabelScore& label : labels) {
    if (label.probability >= threshold_of(label, operators, policy)) names.push_back(label.name);
  }
  return names;
}

}  // namespace dss::policy
