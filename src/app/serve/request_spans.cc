#include "app/serve/request_spans.h"

#include <chrono>
#include <cstring>
#include <string>

#include "base/rng.h"

namespace dss::app {
namespace {

using std::chrono::nanoseconds;

constexpr int kServerErrors = 500;

base::SystemTime earlier(base::SystemTime time, double seconds) {
  return time - std::chrono::duration_cast<base::SystemTime::duration>(
                    std::chrono::duration<double>(seconds));
}

// The semantic conventions' name for verbs that they do not know.
std::string_view method_of(http::Method method) {
  return method == http::Method::kOther ? "_OTHER" : http::method_name(method);
}

otlp::SpanId span_id(base::Rng* rng) {
  otlp::SpanId id{};
  std::uint64_t word = 0;
  while (word == 0) word = rng->next();
  std::memcpy(id.data(), &word, id.size());
  return id;
}

/// Ids of children follow from their parent's, which is random.
base::Rng ids_below(const trace::Context& request, std::int64_t place) {
  std::uint64_t parent = 0;
  std::memcpy(&parent, request.span_id.data(), sizeof parent);
  return base::Rng(parent + static_cast<std::uint64_t>(place) * 0xD1B54A32D192ED03ULL);
}

bool took_place(const metrics::Stage& stage, const TextStages& text) {
  if (text.place > 0 && stage.seconds == &metrics::StageSeconds::parse) return false;
  return text.seconds.*stage.seconds >= 0;
}

void add_outcome(const http::Observation& seen, otlp::Span* span) {
  if (seen.status == http::kStatusClientGone) {
    span->attributes.push_back({"error.type", std::string("client_gone")});
    return;
  }
  span->attributes.push_back({"http.response.status_code", std::int64_t{seen.status}});
  span->attributes.push_back(
      {"http.response.body.size", static_cast<std::int64_t>(seen.response_bytes)});
  if (seen.status < kServerErrors) return;
  span->attributes.push_back({"error.type", std::to_string(seen.status)});
  span->error = true;
}

}  // namespace

otlp::Span server_span(const http::Observation& seen, std::string_view route,
                       std::string_view scheme, base::SystemTime end) {
  otlp::Span span;
  span.trace_id = seen.trace->trace_id;
  span.span_id = seen.trace->span_id;
  span.parent_id = seen.trace->parent_id;
  span.remote_parent = seen.trace->parent_id != otlp::SpanId{};
  span.name = method_of(seen.method) == "_OTHER" ? "HTTP" : method_of(seen.method);
  if (!route.empty()) span.name += " " + std::string(route);
  span.kind = otlp::Kind::kServer;
  span.start = earlier(end, seen.seconds);
  span.end = end;
  span.attributes = {{"http.request.method", std::string(method_of(seen.method))},
                     {"url.scheme", std::string(scheme)},
                     {"http.request.body.size", static_cast<std::int64_t>(seen.request_bytes)}};
  if (!route.empty()) span.attributes.push_back({"http.route", std::string(route)});
  add_outcome(seen, &span);
  return span;
}

void append_stage_spans(const trace::Context& request, const TextStages& text, base::SystemTime end,
                        otlp::Spans* out) {
  base::Rng ids = ids_below(request, text.place);
  double left = 0;
  for (const metrics::Stage& stage : metrics::kStages) {
    if (took_place(stage, text)) left += text.seconds.*stage.seconds;
  }
  for (const metrics::Stage& stage : metrics::kStages) {
    if (!took_place(stage, text)) continue;
    otlp::Span span;
    span.trace_id = request.trace_id;
    span.span_id = span_id(&ids);
    span.parent_id = request.span_id;
    span.name = stage.name;
    span.start = earlier(end, left);
    left -= text.seconds.*stage.seconds;
    span.end = earlier(end, left > 0 ? left : 0);
    span.attributes = {{"dss.model", std::string(text.model)}, {"dss.text.place", text.place}};
    if (stage.seconds == &metrics::StageSeconds::infer) {
      span.attributes.push_back({"dss.tokens", text.tokens});
    }
    out->push_back(std::move(span));
  }
}

}  // namespace dss::app
