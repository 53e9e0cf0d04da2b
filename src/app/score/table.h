// Scores for a person to read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scoring/engine.h"

namespace dss::app {

/// One text: score, level, a bar for each category with its flag, language and model.
///   thresholds   per label of the card
[[nodiscard]] std::string text_table(const scoring::Outcome& outcome,
                                     const std::vector<float>& thresholds, std::string_view model,
                                     bool colour);

/// One row of many: line number, score, level, flagged categories, the text's beginning.
[[nodiscard]] std::string row_line(std::size_t line, const scoring::Outcome& outcome,
                                   const std::vector<float>& thresholds, std::string_view text,
                                   bool colour);

/// The heading of such rows.
[[nodiscard]] std::string row_heading();

/// A row without a score.
[[nodiscard]] std::string error_line(std::size_t line, std::string_view cause, bool colour);

/// At most `width` code points of `text` on one line: white space and control characters become
/// spaces, what is cut shows as `…`. REQUIRES: valid UTF-8.
[[nodiscard]] std::string shorten(std::string_view text, std::size_t width);

}  // namespace dss::app
