// Requests whose trace is sampled, gathered from what the protocols and the HTTP server report.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <string_view>
#include <unordered_map>

#include "api/observer.h"
#include "http/observer.h"
#include "otlp/span.h"

namespace dss::app {

/// Thread-safe. For requests whose trace is not sampled each call is one branch. Of a request's
/// texts the stages of the first eight are told.
class TraceEvents {
 public:
  /// `offer` gets the spans of each finished request, the request's own first; it must not wait.
  /// `scheme` is a literal.
  TraceEvents(std::function<void(otlp::Spans)> offer, std::string_view scheme,
              const base::Clock* clock);

  void analysed(const api::Analysis& analysis);
  /// `route` is the path's template, empty if there is none.
  void finished(const http::Observation& observation, std::string_view route);

 private:
  /// What is known of a request that is not finished.
  struct Gathered {
    otlp::Spans stages;
    std::int64_t texts = 0;
    std::string_view model;  ///< of the first text; a name that lives as long as the program
    base::SteadyTime begun;
  };

  Gathered* place_for(std::uint64_t key);
  Gathered take(std::uint64_t key);

  const std::function<void(otlp::Spans)> offer_;
  const std::string_view scheme_;
  const base::Clock* const clock_;
  std::mutex mutex_;
  std::unordered_map<std::uint64_t, Gathered> open_;  ///< by the request's span id
};

}  // namespace dss::app
