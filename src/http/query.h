// Parameters behind the `?` of a request's target.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dss::http {

/// The first value of that name in `a=1&b=2`, decoded, `+` read as a space, in valid UTF-8 (what is
/// not becomes U+FFFD); empty for a name without `=`; nothing where the name is absent.
[[nodiscard]] std::optional<std::string> query_parameter(std::string_view query,
                                                         std::string_view name);

}  // namespace dss::http
