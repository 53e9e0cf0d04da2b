// Every metric of the service, in the order of the exposition. docs/metrics.md is made from it.
#pragma once

#include <span>

#include "metrics/spec.h"

namespace dss::metrics {

/// The families; lives for ever. Thread-safe.
[[nodiscard]] std::span<const Spec> catalogue();

}  // namespace dss::metrics
