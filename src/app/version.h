// What this build is: for --version, dss_build_info and GET /.
#pragma once

#include <string>
#include <string_view>

namespace dss::app {

[[nodiscard]] std::string_view version();   ///< `0.1.0`
[[nodiscard]] std::string_view revision();  ///< the commit, or `unknown` outside a checkout
[[nodiscard]] std::string_view compiler();  ///< `g++ 12.2.0`

/// `dss 0.1.0 (revision 72720f1, g++ 12.2.0)`.
[[nodiscard]] std::string version_line();

}  // namespace dss::app
