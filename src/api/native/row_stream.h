// `POST /analyze/batch` with rows: NDJSON in, NDJSON out, in order, as long as the client likes.
#pragma once

#include <memory>

#include "api/service.h"
#include "http/stream.h"

namespace dss::api::native {

/// Takes requests whose Content-Type is `application/x-ndjson` (or jsonl); others are left to the
/// route's handler. `?model=` names the model. Each row, an object with `text`, comes back with
/// `score, toxicity_level, confidence, categories, model_used, model_version` added, `blocklists`
/// when the server has some, and `policy` when the headers or the row's `community_id` lead to one,
/// which is that of all rows; a bad row keeps its place as `{"line", "error"}`. 422 for a policy
/// that is not there. Nothing is read from the client while kMostRows rows are
/// under way or it does not read its answers. REQUIRES: `service` outlives the stream.
[[nodiscard]] http::StreamStart open_row_stream(const Service& service,
                                                const http::Request& request,
                                                std::shared_ptr<http::StreamWriter> writer);

}  // namespace dss::api::native
