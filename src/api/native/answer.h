// What `/analyze` and its batches have in common: which bodies are taken, and the answer to one
// text.
#pragma once

#include <optional>
#include <string_view>

#include "api/judge.h"
#include "api/service.h"
#include "base/clock.h"
#include "http/message.h"

namespace dss::api::native {

/// 415 for a body that is compressed or no JSON.
[[nodiscard]] std::optional<http::Response> refuse_body(const Service& service,
                                                        const http::Request& request);

/// The service's own name for a model that a request names: it outlives the parser's memory.
[[nodiscard]] std::string_view kept_model(const Service& service, std::string_view model);

/// The model that `?model=` names, else the default; 422 for an unknown one.
[[nodiscard]] tl::expected<std::string_view, http::Response> model_in_query(
    const Service& service, const http::Request& request);

/// The answer to one text. `trimmed_in_front`: code points before it in what was submitted.
[[nodiscard]] http::Response answer_text(const Service& service, const Scored& scored,
                                         base::SteadyTime begun, std::size_t trimmed_in_front);

}  // namespace dss::api::native
