// The http_* families of prometheus-fastapi-instrumentator, as events of the HTTP room.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/registry.h"
#include "trace/context.h"

namespace dss::metrics {

/// A route and a method, resolved to cells at start.
using HandlerId = std::uint16_t;
inline constexpr HandlerId kNotCounted = 0xFFFF;

/// One answered request.
struct HttpObservation {
  HandlerId handler = kNotCounted;
  int status = 200;
  std::uint8_t model = 0;            ///< as http::Annotation::model
  std::uint64_t request_bytes = 0;   ///< the Content-Length header's value; 0 if absent or chunked
  std::uint64_t response_bytes = 0;  ///< likewise
  double seconds = 0;                ///< request line read → answer handed to the socket
  const trace::Context* trace = nullptr;  ///< exemplar, if it is sampled
};

/// Why a request was refused before anybody worked on it.
enum class Rejection : std::uint8_t {
  kQueueFull,
  kRateLimited,
  kDeadline,
  kDraining,
  kTooLarge,
  kUnauthorized,
  kForbidden,
  kMalformed,    ///< not HTTP, or HTTP that two readers could take differently
  kDescriptors,  ///< the process is out of file descriptors
  kOverloaded,   ///< requests wait too long for their event loop
};

/// Thread rule: handler() and untemplated() before serving starts, by one thread; the rest by any
/// thread.
class HttpMetrics {
 public:
  struct Options {
    /// The original's setting: requests that match no route are not counted at all.
    bool ignore_untemplated = false;
    std::vector<std::string> model_types = {"simple", "bert"};
    /// Paths which models answer: their duration series exist from the start.
    std::vector<std::string> scored_paths = {"/analyze"};
    const base::Clock* clock = &base::system_clock();
  };
  HttpMetrics(Registry* registry, Options options);
  ~HttpMetrics();

  /// The series of a route; `path` is its template (`/x/{id}`). Its 2xx, 4xx and 5xx counters stand
  /// at 0 at once.
  HandlerId handler(std::string_view path, std::string_view method);
  /// The series of a path that only redirects (`/health/`): 3xx stands at 0 at once.
  HandlerId redirect(std::string_view path, std::string_view method);
  /// The series `handler="none"` of requests that match no route, 405 included. An unknown verb is
  /// `OTHER`. kNotCounted if untemplated requests are ignored.
  HandlerId untemplated(std::string_view method);

  /// A request's head has been read and routed. kNotCounted does nothing, here and below.
  void started(HandlerId handler) const;
  /// It has been answered. REQUIRES: started() was called for it.
  void finished(const HttpObservation& observation) const;
  /// It ended without an answer: the client hung up.
  void cancelled(HandlerId handler) const;

  void rejected(Rejection reason) const;
  /// Seconds that what was ready on an event loop has waited for its turn.
  void lagged(double seconds) const;
  void connection_opened() const;
  void connection_closed() const;

 private:
  struct Handler;

  HandlerId add(std::string_view path, std::string_view method, std::initializer_list<int> classes);
  /// Neither is made before it is first needed, unless at start.
  Counter status_counter(Handler& handler, int status_class) const;
  const Histogram* model_duration(Handler& handler, std::size_t model) const;

  Registry* registry_;
  Options options_;
  std::vector<std::unique_ptr<Handler>> handlers_;
  Histogram duration_;
  Histogram lag_;
  std::array<Counter, 10> rejected_;
  Counter cancelled_;
  UpDown connections_;
};

}  // namespace dss::metrics
