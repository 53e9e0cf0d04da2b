// Which community's policy a request is under, and what it says of a scored text.
#pragma once

#include <memory>
#include <string_view>

#include "api/service.h"
#include "base/result.h"
#include "policy/policy_set.h"
#include "scoring/engine.h"

namespace dss::api {

using PolicyPointer = std::shared_ptr<const policy::Policy>;

/// The policy of a community (empty: of nobody's), else the default one; null if there is none.
/// Thread-safe.
[[nodiscard]] PolicyPointer policy_for_community(const Service& service,
                                                 std::string_view community);

/// By the header `X-Policy` (a policy's id); without it by `community`, which the body names;
/// without that (empty) by the header `X-Community-Id`. Errors (kInvalidArgument): X-Policy names
/// no policy. Thread-safe.
[[nodiscard]] base::Result<PolicyPointer> policy_of_request(const Service& service,
                                                            const http::Request& request,
                                                            std::string_view community = {});

/// What the policy says. Its views live as long as policy, outcome and matches.
[[nodiscard]] policy::Decision decide(const policy::Policy& policy, const policy::Matches& matches,
                                      const scoring::Outcome& outcome,
                                      const policy::Thresholds& operators);

}  // namespace dss::api
