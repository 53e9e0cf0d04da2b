// What stands in a rewritten text for what was found: `[EMAIL]`, or with a hash `[EMAIL:h0f…]`.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "personal/kind.h"

namespace dss::personal {

/// Hexadecimal digits of a hash: 128 bits.
inline constexpr std::size_t kHashDigits = 32;

/// Appends the placeholder of a kind; `hash` is empty or kHashDigits long.
void append_placeholder(Kind kind, std::string_view hash, std::string* out);

/// The end of the placeholder that begins at byte `at`; `at` if none does.
[[nodiscard]] std::size_t placeholder_end(std::string_view text, std::size_t at);

}  // namespace dss::personal
