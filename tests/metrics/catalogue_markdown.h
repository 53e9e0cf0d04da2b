// The catalogue as a Markdown table, for docs/metrics.md.
#pragma once

#include <string>

namespace dss::metrics {

[[nodiscard]] std::string catalogue_markdown();

}  // namespace dss::metrics
