// What the HTTP server reports, turned into metrics and access log lines.
#pragma once

#include <array>
#include <vector>

#include "crypto/keyed_hash.h"
#include "http/observer.h"
#include "http/route.h"
#include "log/access_log.h"
#include "log/logger.h"
#include "log/rarely.h"
#include "metrics/metrics.h"

namespace dss::app {

class TraceEvents;

/// Thread-safe. All handler series are made in the constructor, so that an event is a table
/// look-up. A client is known by a hash of its address under a key that dies with the process.
class HttpEvents final : public http::Observer {
 public:
  /// `routes` is only read here; all else must outlive this object.
  HttpEvents(const http::RouteTable& routes, metrics::Metrics* metrics, log::AccessLog* access_log,
             log::Logger* logger);

  /// Before the first event: where sampled traces are gathered.
  void set_traces(TraceEvents* traces) { traces_ = traces; }

  void started(http::PathIndex path, http::Method method, bool counted) override;
  void finished(const http::Observation& observation) override;
  void connection_opened(http::Door door) override;
  void connection_closed(http::Door door) override;
  void rejected(http::Rejection rejection) override;
  void lagged(std::chrono::nanoseconds lag) override;

 private:
  static constexpr std::size_t kMethods = 8;
  using HandlersByMethod = std::array<metrics::HandlerId, kMethods>;

  void add_handlers(const http::RouteTable& routes);
  void add_redirects(const http::RouteTable& routes);
  [[nodiscard]] metrics::HandlerId handler(http::PathIndex path, http::Method method,
                                           bool counted) const;
  void count_refusal(int status);
  void log(const http::Observation& observation);

  std::vector<std::string> labels_;  // by PathIndex
  std::vector<HandlersByMethod> handlers_;
  metrics::HttpMetrics* metrics_;
  metrics::AnalysisMetrics* clients_;
  log::AccessLog* access_log_;
  log::Logger* logger_;
  log::Rarely descriptors_warning_{&base::system_clock(), std::chrono::minutes(1)};
  log::Rarely overload_warning_{&base::system_clock(), std::chrono::minutes(1)};
  crypto::KeyedHash client_hash_;
  TraceEvents* traces_ = nullptr;
};

}  // namespace dss::app
