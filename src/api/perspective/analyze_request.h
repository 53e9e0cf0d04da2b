// The body of `comments:analyze`, checked.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/perspective/attributes.h"
#include "api/perspective/error.h"
#include "base/result.h"
#include "json/reader.h"

namespace dss::api::perspective {

struct WantedAttribute {
  const Attribute* attribute = nullptr;
  std::optional<float> threshold{};  ///< a lower score is left out of the answer
};

/// Owns what it holds: the parsed body may go.
struct AnalyzeRequest {
  std::string text;  ///< as submitted; has a character that is no white space
  std::vector<WantedAttribute> attributes;
  std::vector<std::string> languages;  ///< as the client names them; empty: to be detected
  std::string client_token;
  std::string community;          ///< whose policy judges the text; empty: none is named
  bool sentences = false;         ///< scores of each sentence are wanted
  bool drop_unsupported = false;  ///< attributes that cannot be answered are left out
  bool do_not_store = false;
};

/// Reads a body as leniently as Google did (json::parse_relaxed). REQUIRES: json::kPadding readable
/// bytes behind `body`.
[[nodiscard]] tl::expected<AnalyzeRequest, Refusal> parse_analyze_request(std::string_view body,
                                                                          json::Reader* reader);

}  // namespace dss::api::perspective
