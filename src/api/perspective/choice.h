// Which of the wanted attributes a model can answer for a text in some languages.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/perspective/analyze_request.h"
#include "api/perspective/error.h"
#include "base/result.h"
#include "scoring/engine.h"

namespace dss::api::perspective {

/// The cards of the models that may answer; null: that model was not asked.
struct Cards {
  const weights::Card* usual = nullptr;
  const weights::Card* fast = nullptr;  ///< of `simple`

  [[nodiscard]] const weights::Card* of(const Attribute& attribute) const {
    return attribute.fast ? fast : usual;
  }
};

/// Languages of a text.
struct Languages {
  std::vector<std::string> tags;
  bool detected = false;  ///< by us; else the client named them
};

/// Place of the attribute's label among those of a model; nothing if it has none.
[[nodiscard]] std::optional<std::size_t> label_for(const Attribute& attribute,
                                                   const weights::Card& card);

/// Whether a model that knows `known` reads a text tagged `tag`: their first subtags are equal
/// (RFC 5646: `en-GB` is English).
[[nodiscard]] bool covers(const std::vector<std::string>& known, std::string_view tag);

/// Those that can be answered, in the order of the request: their model has the label and knows one
/// of the languages at least. The first other one is refused, unless the request or the operator
/// (`drop`) says to leave it out; SPAM is left out beside any that can be answered.
[[nodiscard]] tl::expected<std::vector<const WantedAttribute*>, Refusal> choose(
    const AnalyzeRequest& request, const Cards& cards, const Languages& languages, bool drop);

}  // namespace dss::api::perspective
