// Where sentences of a normalised text end.
#pragma once

#include <cstddef>
#include <string_view>

namespace dss::text {

/// One past the end of the sentence that holds byte `at`: behind ". ", "! ", "? " and their kin,
/// behind a line break, or the text's end. Abbreviations count as ends too: a boundary too many
/// does no harm where this is used. REQUIRES: normalised UTF-8; `at` <= text.size(), on a boundary.
[[nodiscard]] std::size_t sentence_end(std::string_view text, std::size_t at);

}  // namespace dss::text
