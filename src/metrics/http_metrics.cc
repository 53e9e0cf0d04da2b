#include "metrics/http_metrics.h"

#include <algorithm>

#include "metrics/lazy.h"
#include "metrics/sampled.h"

namespace dss::metrics {
namespace {

constexpr std::array<std::string_view, 5> kStatusClasses = {"1xx", "2xx", "3xx", "4xx", "5xx"};
constexpr std::array<std::string_view, 10> kRejections = {
    "queue_full",   "rate_limited", "deadline",  "draining",    "too_large",
    "unauthorized", "forbidden",    "malformed", "descriptors", "overloaded"};
constexpr std::array<std::string_view, 9> kVerbs = {"GET",    "HEAD",    "POST",  "PUT",    "PATCH",
                                                    "DELETE", "OPTIONS", "TRACE", "CONNECT"};

/// The first digit; a status that HTTP does not know counts as a fault of the server.
int status_class(int status) { return status >= 100 && status < 600 ? status / 100 : 5; }

}  // namespace

struct HttpMetrics::Handler {
  std::string path;
  std::string method;
  Summary request_bytes;
  Summary response_bytes;
  Histogram duration;
  UpDown in_progress;
  std::array<Lazy<Counter>, kStatusClasses.size()> statuses;
  std::vector<Lazy<Histogram>> model_durations;
};

HttpMetrics::HttpMetrics(Registry* registry, Options options)
    : registry_(registry),
      options_(std::move(options)),
      duration_(registry->histogram("http_request_duration_highr_seconds")),
      lag_(registry->histogram("dss_event_loop_lag_seconds")),
      cancelled_(registry->counter("dss_cancelled_total")),
      connections_(registry->up_down("dss_open_connections")) {
  for (std::size_t i = 0; i < kRejections.size(); ++i) {
    rejected_[i] = registry->counter("dss_requests_rejected_total", {kRejections[i]});
  }
}

HttpMetrics::~HttpMetrics() = default;

HandlerId HttpMetrics::handler(std::string_view path, std::string_view method) {
  return add(path, method, {2, 4, 5});
}

HandlerId HttpMetrics::redirect(std::string_view path, std::string_view method) {
  return add(path, method, {3});
}

HandlerId HttpMetrics::untemplated(std::string_view method) {
  if (options_.ignore_untemplated) return kNotCounted;
  const bool known = std::ranges::find(kVerbs, method) != kVerbs.end();
  return add("none", known ? method : "OTHER", {4});
}

HandlerId HttpMetrics::add(std::string_view path, std::string_view method,
                           std::initializer_list<int> classes) {
  const auto same = [&](const auto& one) { return one->path == path && one->method == method; };
  auto found = std::ranges::find_if(handlers_, same);
  if (found == handlers_.end()) {
    auto made = std::make_unique<Handler>();
    made->path = path;
    made->method = method;
    made->request_bytes = registry_->summary("http_request_size_bytes", {path});
    made->response_bytes = registry_->summary("http_response_size_bytes", {path});
    made->duration = registry_->histogram("http_request_duration_seconds", {path, method});
    made->in_progress = registry_->up_down("http_requests_inprogress", {path, method});
    registry_->alias("toxicity_api_requests_inprogress", {path, method}, made->in_progress);
    made->model_durations = std::vector<Lazy<Histogram>>(options_.model_types.size());
    found = handlers_.insert(handlers_.end(), std::move(made));
    if (std::ranges::find(options_.scored_paths, path) != options_.scored_paths.end()) {
      for (std::size_t i = 0; i < options_.model_types.size(); ++i) model_duration(**found, i);
    }
  }
  for (const int status : classes) status_counter(**found, status);
  return static_cast<HandlerId>(found - handlers_.begin());
}

Counter HttpMetrics::status_counter(Handler& handler, int status_class) const {
  const auto index = static_cast<std::size_t>(status_class - 1);
  return handler.statuses[index].get([&] {
    return registry_->counter("http_requests_total",
                              {handler.path, handler.method, kStatusClasses[index]});
  });
}

const Histogram* HttpMetrics::model_duration(Handler& handler, std::size_t model) const {
  return &handler.model_durations[model].get([&] {
    return registry_->histogram("dss_request_duration_seconds",
                                {handler.path, options_.model_types[model]});
  });
}

void HttpMetrics::started(HandlerId handler) const {
  if (handler == kNotCounted) return;
  registry_->writer().add(handlers_[handler]->in_progress, 1);
}

void HttpMetrics::finished(const HttpObservation& seen) const {
  if (seen.handler == kNotCounted) return;
  Handler& handler = *handlers_[seen.handler];
  const SampledTrace sampled(seen.trace, *options_.clock);
  Writer writer = registry_->writer();
  writer.add(handler.in_progress, -1);
  writer.add(status_counter(handler, status_class(seen.status)));
  writer.observe(handler.request_bytes, static_cast<double>(seen.request_bytes));
  writer.observe(handler.response_bytes, static_cast<double>(seen.response_bytes));
  writer.observe(duration_, seen.seconds, sampled.exemplar());
  writer.observe(handler.duration, seen.seconds);
  if (seen.model != 0 && seen.model <= options_.model_types.size()) {
    writer.observe(*model_duration(handler, seen.model - 1U), seen.seconds, sampled.exemplar());
  }
}

void HttpMetrics::cancelled(HandlerId handler) const {
  if (handler == kNotCounted) return;
  Writer writer = registry_->writer();
  writer.add(handlers_[handler]->in_progress, -1);
  writer.add(cancelled_);
}

void HttpMetrics::rejected(Rejection reason) const {
  registry_->writer().add(rejected_[static_cast<std::size_t>(reason)]);
}

void HttpMetrics::lagged(double seconds) const { registry_->writer().observe(lag_, seconds); }

void HttpMetrics::connection_opened() const { registry_->writer().add(connections_, 1); }

void HttpMetrics::connection_closed() const { registry_->writer().add(connections_, -1); }

}  // namespace dss::metrics
