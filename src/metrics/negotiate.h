// Content negotiation of a scrape (RFC 9110, 12.5.1 and 12.5.3).
#pragma once

#include <string_view>

#include "metrics/render.h"

namespace dss::metrics {

/// The format that an Accept header prefers: the highest q among those offered here, the most
/// specific range deciding about each; 0.0.4 when nothing fits, nothing is said, or only wildcards
/// are.
[[nodiscard]] Format choose_format(std::string_view accept);

/// Whether an Accept-Encoding header wants gzip at least as much as no coding.
[[nodiscard]] bool accepts_gzip(std::string_view accept_encoding);

}  // namespace dss::metrics
