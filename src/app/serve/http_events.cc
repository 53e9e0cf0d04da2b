#include "app/serve/http_events.h"

#include <algorithm>
#include <chrono>

#include "app/serve/trace_events.h"

namespace dss::app {
namespace {

using http::Method;
using metrics::kNotCounted;

std::size_t place(Method method) { return static_cast<std::size_t>(method); }

std::size_t index_of(const std::vector<std::string>& labels, std::string_view label) {
  return static_cast<std::size_t>(std::ranges::find(labels, label) - labels.begin());
}

}  // namespace

HttpEvents::HttpEvents(const http::RouteTable& routes, metrics::Metrics* metrics,
                       log::AccessLog* access_log, log::Logger* logger)
    : labels_(http::path_labels(routes)),
      metrics_(&metrics->http()),
      clients_(&metrics->analysis()),
      access_log_(access_log),
      logger_(logger),
      client_hash_(crypto::KeyedHash::with_random_key()) {
  HandlersByMethod none{};
  for (std::size_t i = 0; i < kMethods; ++i) {
    none[i] = metrics_->untemplated(http::method_name(static_cast<Method>(i)));
  }
  handlers_.assign(labels_.size(), none);
  add_handlers(routes);
  add_redirects(routes);
}

void HttpEvents::add_handlers(const http::RouteTable& routes) {
  for (const http::Route& route : routes.routes) {
    if (!route.counted) continue;
    HandlersByMethod& ids = handlers_[index_of(labels_, route.path)];
    ids[place(route.method)] = metrics_->handler(route.path, http::method_name(route.method));
    if (route.method == Method::kGet) {
      ids[place(Method::kHead)] = metrics_->handler(route.path, http::method_name(Method::kHead));
    }
  }
}

void HttpEvents::add_redirects(const http::RouteTable& routes) {
  for (const http::Route& route : routes.routes) {
    const std::string label = route.path + "/";
    const std::size_t index = index_of(labels_, label);
    if (index == labels_.size()) continue;
    if (!route.counted) {
      handlers_[index].fill(kNotCounted);
      continue;
    }
    handlers_[index][place(route.method)] =
        metrics_->redirect(label, http::method_name(route.method));
  }
}

metrics::HandlerId HttpEvents::handler(http::PathIndex path, Method method, bool counted) const {
  return counted ? handlers_[path][place(method)] : kNotCounted;
}

void HttpEvents::started(http::PathIndex path, Method method, bool counted) {
  metrics_->started(handler(path, method, counted));
}

void HttpEvents::finished(const http::Observation& observation) {
  // Who submits something uses the service; who probes or scrapes it does not.
  if (observation.method == Method::kPost && observation.path != http::kNoPath) {
    clients_->client_seen(client_hash_(observation.peer.address));
  }
  const metrics::HandlerId id = handler(observation.path, observation.method, observation.counted);
  if (observation.status == http::kStatusClientGone) {
    metrics_->cancelled(id);
  } else {
    metrics_->finished({.handler = id,
                        .status = observation.status,
                        .model = observation.annotation.model,
                        .request_bytes = observation.request_bytes,
                        .response_bytes = observation.response_bytes,
                        .seconds = observation.seconds,
                        .trace = observation.trace});
    const int refused = observation.annotation.refused;
    count_refusal(refused != 0 ? refused : observation.status);
  }
  if (traces_ != nullptr) {
    const bool routed = observation.path != http::kNoPath;
    traces_->finished(observation, routed ? std::string_view(labels_[observation.path]) : "");
  }
  if (access_log_->wanted(observation.status)) log(observation);
}

void HttpEvents::count_refusal(int status) {
  if (status == 413) metrics_->rejected(metrics::Rejection::kTooLarge);
  if (status == 401) metrics_->rejected(metrics::Rejection::kUnauthorized);
  if (status == 403) metrics_->rejected(metrics::Rejection::kForbidden);
}

void HttpEvents::log(const http::Observation& observation) {
  const bool traced = observation.trace != nullptr && observation.trace->valid();
  const std::string trace_id = traced ? observation.trace->trace_id_hex() : std::string();
  access_log_->write(
      {.method = http::method_name(observation.method),
       .route = labels_[observation.path],
       .status = observation.status,
       .request_bytes = observation.request_bytes,
       .response_bytes = observation.response_bytes,
       .duration = std::chrono::nanoseconds(static_cast<std::int64_t>(observation.seconds * 1e9)),
       .request_id = observation.request_id,
       .trace_id = trace_id});
}

void HttpEvents::connection_opened(http::Door /*door*/) { metrics_->connection_opened(); }

void HttpEvents::connection_closed(http::Door /*door*/) { metrics_->connection_closed(); }

void HttpEvents::rejected(http::Rejection rejection) {
  switch (rejection) {
    case http::Rejection::kTooLarge:
      return metrics_->rejected(metrics::Rejection::kTooLarge);
    case http::Rejection::kTimeout:
      return metrics_->rejected(metrics::Rejection::kDeadline);
    case http::Rejection::kAddressLimit:
      return metrics_->rejected(metrics::Rejection::kRateLimited);
    case http::Rejection::kMalformed:
      return metrics_->rejected(metrics::Rejection::kMalformed);
    case http::Rejection::kDraining:
      return metrics_->rejected(metrics::Rejection::kDraining);
    case http::Rejection::kOverloaded:
      if (overload_warning_.due()) {
        logger_->warn(
            "overloaded: requests wait too long for their event loop, texts to score are answered "
            "503; add processors or instances (http.lag-ms)");
      }
      return metrics_->rejected(metrics::Rejection::kOverloaded);
    case http::Rejection::kDescriptors:
      if (descriptors_warning_.due()) {
        logger_->warn(
            "out of file descriptors: new clients are turned away; raise the limit (ulimit -n, "
            "LimitNOFILE) or lower http.connections");
      }
      return metrics_->rejected(metrics::Rejection::kDescriptors);
  }
}

void HttpEvents::lagged(std::chrono::nanoseconds lag) {
  metrics_->lagged(std::chrono::duration<double>(lag).count());
}

}  // namespace dss::app
