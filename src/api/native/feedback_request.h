// The body of `POST /feedback`, checked.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "api/feedback.h"
#include "api/native/validation.h"
#include "base/result.h"
#include "json/reader.h"

namespace dss::api::native {

/// 5,000 characters, each escaped as a surrogate pair of 12 bytes, and the rest of the object.
inline constexpr std::size_t kMaxFeedbackBytes = std::size_t{96} << 10;
/// Most code points of a model's name and of its version.
inline constexpr std::size_t kMaxModelName = 64;

/// Reads `{"text", "label" or "labels", "scores"?, "model"?, "model_version"?, "comment_id"?,
/// "community_id"?, "client_token"?, "do_not_store"?}`. `label` stands for `labels: {"toxic": …}`;
/// names in labels and scores are the six categories. Answers all issues at once; unlike /analyze
/// it refuses unknown members, because a mistyped `client_token` would make deletion impossible.
/// No member may be null. The views live as long as the reader's document. REQUIRES: json::kPadding
/// readable bytes behind `body`.
[[nodiscard]] tl::expected<Feedback, std::vector<Issue>> parse_feedback_request(
    std::string_view body, json::Reader* reader);

}  // namespace dss::api::native
