// Why simdjson refused a text: a slow second look that finds place and reason.
#pragma once

#include <cstddef>
#include <string_view>

#include "json/reader.h"

namespace dss::json {

/// Whether some `\uD800`-`\uDFFF` escape is not half of a pair. REQUIRES: `text` is otherwise valid
/// JSON.
[[nodiscard]] bool has_lone_surrogate(std::string_view text);

/// The first fault of `text`, as a decoder that reads from left to right would meet it; encoding is
/// checked before. Syntax faults have the words and the place of CPython 3.11's json module.
/// REQUIRES: the text was refused.
[[nodiscard]] ParseError diagnose(std::string_view text, std::size_t max_depth);

}  // namespace dss::json
