// What the service is and has done: `/`, `/models/info`, `/stats`.
#pragma once

#include "api/service.h"
#include "http/message.h"

namespace dss::api::native {

/// Name, version and links. Thread-safe, as all here.
[[nodiscard]] http::Response root(const Service& service);

/// Every model with its figures: the summary and, as `card`, its whole model card.
[[nodiscard]] http::Response models_info(const Service& service);

/// Counts, mean score and levels since the start.
[[nodiscard]] http::Response stats(const Service& service);

}  // namespace dss::api::native
