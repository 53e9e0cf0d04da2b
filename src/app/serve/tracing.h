// The export of traces, put together.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "app/serve/trace_events.h"
#include "app/tracing_settings.h"
#include "log/logger.h"
#include "metrics/trace_metrics.h"
#include "otlp/exporter.h"

namespace dss::app {

/// Gathers spans and sends them. Its end sends what is queued; whoever reports to events() must
/// have ended before.
class Tracing {
 public:
  /// Null without settings. `metrics` and `logger` must outlive this object.
  static std::unique_ptr<Tracing> start(const std::optional<TracingSettings>& settings,
                                        std::string_view scheme,
                                        const metrics::TraceMetrics* metrics, log::Logger* logger);

  [[nodiscard]] TraceEvents& events() { return events_; }

 private:
  Tracing(otlp::Exporter::Config config, std::string_view scheme);

  otlp::Exporter exporter_;
  TraceEvents events_;
};

}  // namespace dss::app
