// What `/analyze` and its batches have in common: which bodies are taken, and the answer to one
// text.
#pragma once

#include <optional>
#include <string_view>

#include "api/judge.h"
#include "api/listed.h"
#include "api/policy_choice.h"
#include "api/service.h"
#include "base/clock.h"
#include "http/message.h"

namespace dss::api::native {

/// The service's own name for a model that a request names: it outlives the parser's memory.
[[nodiscard]] std::string_view kept_model(const Service& service, std::string_view model);

/// The model that `?model=` names, else the default; 422 for an unknown one.
[[nodiscard]] tl::expected<std::string_view, http::Response> model_in_query(
    const Service& service, const http::Request& request);

/// What is kept of a request until its text is scored.
struct Kept {
  base::SteadyTime begun;
  std::size_t trimmed_in_front = 0;  ///< code points before the text in what was submitted
  PolicyPointer policy{};            ///< null: none applies
  policy::Matches matches{};         ///< of the text; views into the policy
  std::optional<Listed> lists{};     ///< of the text; nothing: there are no blocklists
};

/// As policy_of_request(); 422 where the request names a policy that is not there.
[[nodiscard]] tl::expected<PolicyPointer, http::Response> chosen_policy(
    const Service& service, const http::Request& request, std::string_view community = {});

/// The answer to one text.
[[nodiscard]] http::Response answer_text(const Service& service, const Scored& scored,
                                         const Kept& kept);

}  // namespace dss::api::native
