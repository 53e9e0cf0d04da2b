// `comments:suggestscore`: what a client thinks a comment's scores should be.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/perspective/error.h"
#include "base/result.h"
#include "json/reader.h"

namespace dss::api::perspective {

/// The score of a part of the text, in UTF-16 code units from its begin.
struct SuggestedSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
  float value = 0;
};

/// Of one attribute; it has a summary, spans, or both.
struct SuggestedScore {
  std::string_view attribute;  ///< the name of a known one; static storage
  std::optional<float> summary{};
  std::vector<SuggestedSpan> spans{};
};

/// Owns what it holds.
struct Suggestion {
  std::string text;
  std::vector<SuggestedScore> scores;  ///< at least one
  std::vector<std::string> languages;
  std::string community;
  std::string session;
  std::string client_token;
  bool do_not_store = false;
};

/// Reads a body as parse_analyze_request does. REQUIRES: json::kPadding readable bytes behind
/// `body`.
[[nodiscard]] tl::expected<Suggestion, Refusal> parse_suggestion(std::string_view body,
                                                                 json::Reader* reader);

}  // namespace dss::api::perspective
