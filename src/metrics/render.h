// Snapshots as text: Prometheus text format 0.0.4 and OpenMetrics 1.0.0, byte for byte as
// client_python orders and spells them.
#pragma once

#include <span>
#include <string>

#include "metrics/snapshot.h"

namespace dss::metrics {

enum class Format : std::uint8_t { kText004, kOpenMetrics100 };

/// The value of the Content-Type header.
[[nodiscard]] std::string_view content_type(Format format);

struct RenderOptions {
  Format format = Format::kText004;
  /// The time each counter, histogram and summary was made, as `_created` series.
  bool created = false;
};

/// Pure. Exemplars appear in OpenMetrics only.
[[nodiscard]] std::string render(std::span<const FamilySnapshot> families,
                                 const RenderOptions& options);

}  // namespace dss::metrics
