// multipart/mixed bodies (RFC 2046, 5.1) as Google's clients write batches of requests.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace dss::api::perspective {

/// Header lines, and behind the empty line the content. Views into the split text.
struct Part {
  std::string_view headers;
  std::string_view content;
};

/// The boundary that a Content-Type `multipart/mixed; boundary=…` names, quotes undone. Errors
/// (kInvalidArgument): another type, no boundary, or one that RFC 2046 forbids.
[[nodiscard]] base::Result<std::string> boundary_of(std::string_view content_type);

/// The parts between `--boundary` lines, in order; what stands before the first and behind the
/// closing line is ignored. Lines may end in LF alone. Errors (kInvalidArgument): no part, no
/// closing line, or more than `most` parts. Linear in the size of `body`.
[[nodiscard]] base::Result<std::vector<Part>> split_parts(std::string_view body,
                                                          std::string_view boundary,
                                                          std::size_t most);

/// Headers up to the first empty line, content behind it: the form of a part and of an HTTP
/// message. Without an empty line all of it is headers.
[[nodiscard]] Part split_headers(std::string_view text);

/// The first header of that name (case-insensitive) among lines, folded lines joined, without
/// surrounding white space; empty if there is none.
[[nodiscard]] std::string header_value(std::string_view headers, std::string_view name);

}  // namespace dss::api::perspective
