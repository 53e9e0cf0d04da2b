// Media types as Google's servers write them.
#pragma once

#include <string_view>

namespace dss::api::perspective {

inline constexpr std::string_view kJson = "application/json; charset=UTF-8";

}  // namespace dss::api::perspective
