// One `comments:analyze`: what is to be asked of the models, and the answer made of what they say.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "api/ask.h"
#include "api/perspective/analyze_request.h"
#include "api/perspective/choice.h"
#include "api/perspective/settings.h"
#include "api/policy_choice.h"
#include "base/result.h"
#include "http/message.h"
#include "text/sentence_spans.h"

namespace dss::api::perspective {

/// Most parts of a text that get scores of their own.
inline constexpr std::size_t kMostSentences = 100;

/// Immutable; the Context outlives it.
class Analysis {
 public:
  /// Refuses what is known to have no answer before a model is asked.
  static tl::expected<Analysis, Refusal> plan(const Context& context, AnalyzeRequest request);

  /// Views into this object: valid until it moves. The whole text is trimmed, as the native
  /// protocol has it.
  [[nodiscard]] std::vector<Question> questions() const;
  /// The response or the refusal. REQUIRES: the results of questions(), in their order.
  [[nodiscard]] http::Response answer(std::span<const Scored> scored) const;

 private:
  Analysis(const Context& context, AnalyzeRequest request);

  [[nodiscard]] const Scored& whole(const Attribute& attribute,
                                    std::span<const Scored> scored) const;
  [[nodiscard]] Cards cards_of(std::span<const Scored> scored) const;
  [[nodiscard]] tl::expected<Languages, Refusal> languages_of(const Scored& scored) const;

  const Context* context_;
  AnalyzeRequest request_;
  std::vector<text::ByteSpan> sentences_;  ///< none unless they were asked for
  /// That are asked, each about the whole text and then its sentences: the protocol's own, and
  /// behind it `simple` if that is another one and wanted.
  std::vector<std::string_view> models_;
  PolicyPointer policy_;     ///< of the community that is named; null: none applies
  policy::Matches matches_;  ///< of the text
};

}  // namespace dss::api::perspective
