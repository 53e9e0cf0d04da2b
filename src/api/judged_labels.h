// A text's labels with their thresholds, as the protocols of other services need them.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "policy/thresholds.h"
#include "scoring/engine.h"

namespace dss::api {

/// What a model says of one label.
struct JudgedLabel {
  std::string_view name;  ///< lives as long as the outcome
  float probability = 0;
  float threshold = 0.5F;  ///< the operator's, else the card's

  [[nodiscard]] bool flagged() const { return probability >= threshold; }
};

/// All labels of an outcome, in its card's order. REQUIRES: outcome.card is set.
[[nodiscard]] std::vector<JudgedLabel> judged_labels(const scoring::Outcome& outcome,
                                                     const policy::Thresholds& operators);

/// The label of that name; nothing if the model does not have it.
[[nodiscard]] std::optional<JudgedLabel> find_label(const std::vector<JudgedLabel>& labels,
                                                    std::string_view name);

/// ln(p / (1 − p)), finite: what a sigmoid turns into `probability` again. Certainties, which have
/// no finite logit, are taken as the nearest probability that single precision keeps apart from
/// them.
[[nodiscard]] float logit_of(float probability);

}  // namespace dss::api
