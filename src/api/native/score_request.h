// The body of `POST /analyze`, checked.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "api/native/validation.h"
#include "base/result.h"
#include "json/reader.h"

namespace dss::api::native {

/// Of `text`, in code points after trimming; the least is 1.
inline constexpr std::size_t kMaxCharacters = 5000;
/// 5,000 characters, each escaped as a surrogate pair of 12 bytes, and the rest of the object.
inline constexpr std::size_t kMaxBodyBytes = std::size_t{64} << 10;

/// Views into the reader's document, or literals.
struct ScoreRequest {
  std::string_view text;             ///< trimmed
  std::size_t trimmed_in_front = 0;  ///< code points of white space before it in the submitted text
  std::string_view model;
  bool explain = false;
  std::string_view community{};  ///< whose policy judges; empty: none is named
};

/// Reads `{"text", "model"?, "explain"?, "community_id"?}`; other members are ignored, null means
/// `default_model` or false. Answers all issues at once, as pydantic does, but is stricter in that
/// no number passes for a string and no list of pairs for an object. REQUIRES: json::kPadding
/// readable bytes behind `body`.
[[nodiscard]] tl::expected<ScoreRequest, std::vector<Issue>> parse_score_request(
    std::string_view body, std::string_view default_model, json::Reader* reader);

}  // namespace dss::api::native
