// `GET /info` of TEI.
#pragma once

#include "api/service.h"
#include "http/message.h"

namespace dss::api::tei {

/// The model that answers in this protocol and the limits of its requests. What TEI tells of its
/// own machinery (dtype, batches, tokenisation workers) has no like here and is left out.
/// Thread-safe.
[[nodiscard]] http::Response info(const Service& service);

}  // namespace dss::api::tei
