// A request and its stages as OpenTelemetry spans: names, places and attributes, never any text.
#pragma once

#include <string_view>

#include "base/clock.h"
#include "http/observer.h"
#include "metrics/stage_seconds.h"
#include "otlp/span.h"
#include "trace/context.h"

namespace dss::app {

/// The span of a whole request, by the semantic conventions of HTTP servers. `route` is the path's
/// template, or empty where no route matched: the path itself could hold what somebody wrote.
[[nodiscard]] otlp::Span server_span(const http::Observation& seen, std::string_view route,
                                     std::string_view scheme, base::SystemTime end);

/// What is told of one scored text of a request.
struct TextStages {
  std::string_view model;
  metrics::StageSeconds seconds;
  std::int64_t tokens = 0;
  std::int64_t place = 0;  ///< 0 for the request's first text, in the order in which they were done
};

/// The stages of a text as children of the request's span, laid end to end so that the last one
/// ends at `end`: their lengths are measured, the gaps between them are not. What parsing took
/// belongs to the request and stands with its first text.
void append_stage_spans(const trace::Context& request, const TextStages& text, base::SystemTime end,
                        otlp::Spans* out);

}  // namespace dss::app
