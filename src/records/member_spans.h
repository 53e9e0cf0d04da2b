// Where each member of a JSON object stands, so that a row can be passed on as it was written.
#pragma once

#include <string_view>
#include <vector>

namespace dss::records {

struct MemberSpan {
  std::string_view key;    ///< between its quotes, escapes as written
  std::string_view value;  ///< as written, without white space around it
  std::string_view whole;  ///< from the key's quote to the value's end
};

/// The members of `object` in order. REQUIRES: a valid JSON object, white space around it allowed.
[[nodiscard]] std::vector<MemberSpan> member_spans(std::string_view object);

}  // namespace dss::records
