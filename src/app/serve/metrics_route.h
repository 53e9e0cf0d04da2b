// `GET /metrics`.
#pragma once

#include "http/lane.h"
#include "http/route.h"
#include "metrics/metrics.h"

namespace dss::app {

/// Where and to whom the operator's routes (/metrics, /stats) are served.
struct OperatorAccess {
  bool on_public = true;
  bool on_admin = true;
  http::Guard guard{};  ///< empty: open to whoever reaches the listener
};

/// A scrape is rendered and compressed on `lane`, never on an event loop; when the lane is full it
/// is refused with 503. `metrics` and `lane` must outlive the server.
[[nodiscard]] http::Route metrics_route(const OperatorAccess& access, metrics::Metrics* metrics,
                                        http::Lane* lane);

}  // namespace dss::app
