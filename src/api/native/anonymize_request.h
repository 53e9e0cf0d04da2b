// The body of `POST /anonymize`, checked.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "api/native/validation.h"
#include "base/result.h"
#include "json/reader.h"
#include "personal/kind.h"
#include "personal/rewrite.h"

namespace dss::api::native {

struct AnonymizeRequest {
  std::string_view text;  ///< as submitted, white space included; a view of the document
  personal::Strategy strategy = personal::Strategy::kMask;
  personal::KindSet kinds = personal::KindSet::all();
};

/// Reads `{"text", "strategy"?, "kinds"?}`; other members are ignored, null means mask or all. The
/// text has 1 to kMaxCharacters code points. Answers all issues at once. REQUIRES: json::kPadding
/// readable bytes behind `body`.
[[nodiscard]] tl::expected<AnonymizeRequest, std::vector<Issue>> parse_anonymize_request(
    std::string_view body, json::Reader* reader);

}  // namespace dss::api::native
