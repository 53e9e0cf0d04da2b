// The body of `POST /analyze/batch`, checked.
#pragma once

#include <string_view>
#include <vector>

#include "api/native/members.h"
#include "api/native/validation.h"
#include "json/reader.h"

namespace dss::api::native {

inline constexpr std::size_t kMaxBatchTexts = 1000;
inline constexpr std::size_t kMaxBatchBytes = std::size_t{2560} << 10;
/// Of each text, in code points after trimming.
inline constexpr std::size_t kMaxBatchCharacters = 20480;

/// Views into the reader's document, or literals.
struct BatchRequest {
  std::vector<TrimmedText> texts;
  std::string_view model;
  bool explain = false;
  std::string_view community{};  ///< whose policy judges; empty: none is named
};

/// As parse_score_request(), for `texts`, a list of 1 to kMaxBatchTexts strings.
[[nodiscard]] tl::expected<BatchRequest, std::vector<Issue>> parse_batch_request(
    std::string_view body, std::string_view default_model, json::Reader* reader);

}  // namespace dss::api::native
