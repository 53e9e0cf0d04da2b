// The answer to `comments:analyze`.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/ask.h"
#include "api/perspective/analyze_request.h"
#include "http/message.h"
#include "policy/policy.h"
#include "text/sentence_spans.h"

namespace dss::api::perspective {

/// An attribute with what its model said of the whole text, which has the attribute's label, and
/// behind it of each sentence.
struct AnsweredAttribute {
  const WantedAttribute* wanted;
  std::span<const Scored> scored;  ///< all with an outcome
  bool map_scores;
};

struct AnalyzeAnswer {
  std::string_view text;
  std::span<const text::ByteSpan> sentences;  ///< none: one span over the whole text
  const std::vector<std::string>& languages;
  std::string_view detected;  ///< empty: no language was
  std::string_view client_token;
  std::vector<AnsweredAttribute> attributes{};
  const policy::Policy* policy = nullptr;  ///< null: none applies
  const policy::Decision* decision = nullptr;
};

/// `attributeScores` with a summary and at least one span for each attribute whose score reaches
/// its threshold, and absent where there is none; `languages`, `detectedLanguages`, and
/// `clientToken` if there is one;
/// `policy`, which Google's answers did not have, if a policy applies. Spans are UTF-16 code units
/// of the text as submitted.
[[nodiscard]] http::Response analyze_response(const AnalyzeAnswer& answer);

}  // namespace dss::api::perspective
