// What the service says of a text as a whole, from a model's outcome.
#pragma once

#include <optional>

#include "api/level.h"
#include "scoring/engine.h"

namespace dss::api {

struct Verdict {
  int score = 0;  ///< 0-100: p(toxic) as a rounded percentage
  Level level = Level::kLow;
  float confidence = 0;  ///< max(p, 1 − p) of `toxic`, so 0.5-1
};

/// About the card's overall label. Nothing if there is none, or if its probability is not a number
/// from 0 to 1.
/// REQUIRES: outcome.card is set.
[[nodiscard]] std::optional<Verdict> verdict_of(const scoring::Outcome& outcome);

}  // namespace dss::api
