// Which environment variables are settings.
#pragma once

#include <string_view>

namespace dss::config {

/// Whether a variable starting with `DSS_` is none of ours: Kubernetes sets such names in every pod
/// beside a Service called `dss` or `dss-…` (`DSS_SERVICE_HOST`, `DSS_PORT=tcp://…`,
/// `DSS_PORT_8000_TCP_ADDR`), and `DSS_CONFIG`, `DSS_BINARY` and `DSS_TEST_…` are read elsewhere.
[[nodiscard]] bool is_foreign_variable(std::string_view name, std::string_view value);

}  // namespace dss::config
