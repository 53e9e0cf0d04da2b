// Failures in Azure's shape: {"error": {"code", "message"}}, the code in `x-ms-error-code` too.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "http/route.h"

namespace dss::api::azure {

struct Error {
  int status = 400;
  std::string_view code = "InvalidRequestBody";  ///< literal
  std::string message{};
  int retry_after_seconds = 0;
};

[[nodiscard]] http::Response error_response(const Error& error);

/// What went wrong outside of this protocol's own checks.
[[nodiscard]] http::Response render(const http::Failure& failure);

/// Why a text got no score, or a blocklist was not changed.
[[nodiscard]] http::Response refusal(const base::Error& error);

}  // namespace dss::api::azure
