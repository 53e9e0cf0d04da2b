// Comparison of secrets without a timing side channel.
#pragma once

#include <string_view>

namespace dss::crypto {

/// Whether a == b, in a time that depends on the lengths only, not on where they differ.
/// Thread-safe.
[[nodiscard]] bool equal_constant_time(std::string_view a, std::string_view b);

}  // namespace dss::crypto
