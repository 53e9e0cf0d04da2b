// Our probabilities on the scale of the service that is replaced, so that thresholds keep their
// meaning.
#pragma once

#include <string_view>

#include "scoring/engine.h"

namespace dss::api::perspective {

/// `probability` read by the card's scale for that attribute; unchanged where the card has none.
/// From 0 to 1, and monotone.
[[nodiscard]] float on_scale(const weights::Card& card, std::string_view attribute,
                             float probability);

}  // namespace dss::api::perspective
