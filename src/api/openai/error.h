// Failures in OpenAI's shape: {"error": {"message", "type", "param", "code"}}.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "http/route.h"

namespace dss::api::openai {

struct Error {
  int status = 400;
  std::string message;
  std::string_view param{};  ///< literal; empty: null
  std::string_view code{};   ///< literal; empty: null
  int retry_after_seconds = 0;
};

/// `type` follows from the status: `invalid_request_error` below 500, `rate_limit_error` for 429,
/// else `server_error`.
[[nodiscard]] http::Response error_response(const Error& error);

/// What went wrong outside of this protocol's own checks.
[[nodiscard]] http::Response render(const http::Failure& failure);

/// Why a text got no score.
[[nodiscard]] http::Response refusal(const base::Error& error);

}  // namespace dss::api::openai
