// Words beside a number that say what it is.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace dss::personal {

/// Whether one of `words` stands near text[begin, end): among the ten before it or the four behind,
/// in the same line and not beyond a barrier. Accents are left off in `words`: é and e are one.
/// REQUIRES: `words` sorted, lower case, at most 15 bytes each.
[[nodiscard]] bool has_neighbour(std::string_view text, std::size_t begin, std::size_t end,
                                 std::span<const std::string_view> words);

}  // namespace dss::personal
