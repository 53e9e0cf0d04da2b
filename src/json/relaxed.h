// JSON as people and lenient services write it: read by rewriting it to strict JSON.
#pragma once

#include <string>
#include <string_view>

#include "json/reader.h"

namespace dss::json {

/// `text` with these liberties undone, in one pass over it:
///   {name: 1}            names without quotes: letters, digits, `_` and `$`, no digit in front
///   {'name': 'value'}    single quotes; `\'` stands for the quote itself
///   [1, 2,]              a comma behind the last element or member
///   // line, /* block */ comments
/// Strict JSON comes back byte for byte; everything else that is wrong stays wrong, so the strict
/// reader has the last word. At most twice as long as `text`, plus two bytes.
[[nodiscard]] std::string strict_json(std::string_view text);

/// Reads `text` as strict JSON, and only if its syntax is refused once more as strict_json() of it.
/// The error is that of the first reading. Otherwise as Reader::parse_padded.
[[nodiscard]] tl::expected<Value, ParseError> parse_relaxed(Reader* reader,
                                                            std::string_view padded);

}  // namespace dss::json
