// `POST /analyze`: one text in, its verdict out.
#pragma once

#include "api/service.h"
#include "http/message.h"
#include "http/route.h"

namespace dss::api::native {

/// Parses, scores and answers; tells statistics and observer. What an encoder computes is answered
/// from its worker, everything else on the calling thread. Thread-safe. REQUIRES: `service`
/// outlives the answer, and `request` lives until then.
void analyze(const Service& service, const http::Request& request, http::Responder responder);

}  // namespace dss::api::native
