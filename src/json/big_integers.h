// Integers beyond 64 bits, which simdjson refuses though JSON allows them.
#pragma once

#include <string>
#include <string_view>

namespace dss::json {

/// A copy of `text` in which each integer that neither 64-bit type can hold is followed by `e0`, so
/// that it reads as a floating number; the same bytes if there is none. What is not valid JSON
/// stays so.
[[nodiscard]] std::string widen_big_integers(std::string_view text);

}  // namespace dss::json
