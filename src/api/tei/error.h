// Failures in the shape of TEI: {"error", "error_type"}.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "http/route.h"

namespace dss::api::tei {

struct Error {
  int status = 422;
  std::string message;
  std::string_view type = "validation";  ///< literal
  int retry_after_seconds = 0;
};

[[nodiscard]] http::Response error_response(const Error& error);

/// What went wrong outside of this protocol's own checks: statuses stay, types are TEI's where it
/// has one.
[[nodiscard]] http::Response render(const http::Failure& failure);

/// Why a text got no score, with TEI's statuses: 422 `validation`, 429 `overloaded`, 424 `backend`,
/// 503 `unhealthy` (the model is not there).
[[nodiscard]] http::Response refusal(const base::Error& error);

}  // namespace dss::api::tei
