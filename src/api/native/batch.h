// `POST /analyze/batch` with a JSON document: many texts in one request.
#pragma once

#include "api/service.h"
#include "http/message.h"
#include "http/route.h"

namespace dss::api::native {

/// `{"texts": [...], "model"?, "explain"?}` → `{"results": [...]}` in the order of the texts: each
/// is what `/analyze` answers, or its error. Where the encoder's queue has no room for all of them,
/// the whole request is refused with 503. Threads and lifetimes as for analyze().
void analyze_batch(const Service& service, const http::Request& request, http::Responder responder);

}  // namespace dss::api::native
