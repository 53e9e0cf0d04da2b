// Text classification as Text Embeddings Inference (TEI) and Hugging Face's inference clients speak
// it.
#pragma once

#include "api/service.h"
#include "http/route.h"

namespace dss::api::tei {

/// Adds TEI's `POST /predict` and `GET /info`, and Hugging Face's task on `POST /` and
/// `POST /models/{id...}`, with the renderer of errors of the first two; `GET /` and `/health` stay
/// native, and so do failures of HTTP itself on Hugging Face's paths, which have an `error` as
/// well. Credentials are neither asked for nor looked at. `service` outlives the server.
void add_routes(const Service& service, http::RouteTable* table);

}  // namespace dss::api::tei
