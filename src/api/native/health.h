// Whether the service can answer: `/health` for clients of the original, `/livez`, `/readyz`,
// `/startupz` for Kubernetes.
#pragma once

#include "api/service.h"
#include "http/message.h"

namespace dss::api::native {

/// 200 `healthy` when every configured model can answer, 200 `degraded` when some can, 503
/// `degraded` when none can; with each model's state. Thread-safe, as all here.
[[nodiscard]] http::Response health(const Service& service);

/// 200 whenever the event loop runs this: no model, no dependency is looked at.
[[nodiscard]] http::Response livez(const Service& service);

/// 200 when a model can answer and nothing speaks against traffic; else 503 `not_ready` with the
/// reason.
[[nodiscard]] http::Response readyz(const Service& service);

/// 200 once a model is loaded, for good: draining and full queues do not undo a start.
[[nodiscard]] http::Response startupz(const Service& service);

}  // namespace dss::api::native
