// Escaping in both text formats, and the label part of a sample line.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "metrics/snapshot.h"

namespace dss::metrics {

/// Backslash, newline and double quote become `\\`, `\n` and `\"`.
[[nodiscard]] std::string escape_quoted(std::string_view text);
/// Backslash and newline only, as HELP wants it in text format 0.0.4.
[[nodiscard]] std::string escape_help(std::string_view text);

/// REQUIRES: names in alphabetical order, as many values.
[[nodiscard]] LabelText label_text(std::span<const std::string_view> names,
                                   std::span<const std::string_view> values);

}  // namespace dss::metrics
