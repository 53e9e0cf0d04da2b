// `POST /analyze`: one text in, its verdict out.
#pragma once

#include "api/native/service.h"
#include "http/message.h"

namespace dss::api::native {

/// Parses, scores and answers on the calling thread; tells statistics and observer. Thread-safe.
[[nodiscard]] http::Response analyze(const Service& service, const http::Request& request);

}  // namespace dss::api::native
