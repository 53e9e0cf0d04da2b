// Labels and scores as one JSON object: `{"toxic":0.9,"insult":1.0}`.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/feedback.h"

namespace dss::store {

/// In the order given. REQUIRES: valid UTF-8, finite values.
[[nodiscard]] std::string ratings_json(std::span<const Rating> ratings);

/// Errors: kCorrupt for what is no object of numbers.
[[nodiscard]] base::Result<std::vector<Rating>> parse_ratings(std::string_view json);

}  // namespace dss::store
