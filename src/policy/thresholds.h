// Which labels of a scored text are flagged. Pure: never changes a score.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dss::policy {

/// Label → probability from which it is flagged.
using Thresholds = std::map<std::string, float, std::less<>>;

/// A label as the model's card has it, with what the text got.
struct LabelScore {
  std::string_view name;
  float probability = 0;
  float card_threshold = 0.5F;
};

/// Names of the labels with probability ≥ threshold, in the order given. A label's threshold is the
/// community policy's, else the operator's, else the card's.
[[nodiscard]] std::vector<std::string_view> flagged(std::span<const LabelScore> labels,
                                                    const Thresholds& operators,
                                                    const Thresholds& policy);

/// The threshold that `flagged` applies to one label.
[[nodiscard]] float threshold_of(const LabelScore& label, const Thresholds& operators,
                                 const Thresholds& policy);

}  // namespace dss::policy
