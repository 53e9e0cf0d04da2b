// The two methods of the protocol, apart from how they were called: alone or in a batch.
#pragma once

#include <string_view>

#include "api/perspective/analysis.h"
#include "api/perspective/error.h"
#include "api/perspective/settings.h"
#include "base/result.h"
#include "http/message.h"

namespace dss::api::perspective {

inline constexpr std::string_view kAnalyzePath = "/v1alpha1/comments:analyze";
inline constexpr std::string_view kSuggestPath = "/v1alpha1/comments:suggestscore";

/// What a body asks for. REQUIRES: json::kPadding readable bytes behind `body`.
[[nodiscard]] tl::expected<Analysis, Refusal> plan_analysis(const Context& context,
                                                            std::string_view body);

/// Hands the suggestion on and answers `{"clientToken"}`. REQUIRES: as above.
[[nodiscard]] http::Response suggest_score(const Context& context, const http::Caller& caller,
                                           std::string_view body);

}  // namespace dss::api::perspective
