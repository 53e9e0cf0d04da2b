// "Did you mean …?": the known name closest to a mistyped one.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace dss::config {

/// Fewest insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b`
/// (optimal string alignment distance), by byte.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate nearest to `word`, or an empty view if none is within a third of its length (at
/// least 2).
[[nodiscard]] std::string_view nearest(std::string_view word,
                                       std::span<const std::string> candidates);

/// `; did you mean '--port'?`, or nothing when no candidate is near.
[[nodiscard]] std::string did_you_mean(std::string_view word,
                                       std::span<const std::string> candidates);

}  // namespace dss::config
