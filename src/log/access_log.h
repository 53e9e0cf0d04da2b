// The sampled access log: that a request happened, never what it said or who sent it.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string_view>

#include "log/logger.h"

namespace dss::log {

/// What a line tells. There is no place for a path, a query, a body or an address.
struct AccessRecord {
  std::string_view method;
  std::string_view route;  ///< the template, e.g. `/analyze`; `none` where no route matched
  int status = 200;
  std::uint64_t request_bytes = 0;
  std::uint64_t response_bytes = 0;
  std::chrono::nanoseconds duration{};
  std::string_view request_id;
  std::string_view trace_id;  ///< hex; left out when empty
};

/// Thread-safe.
class AccessLog {
 public:
  /// Logs one request in `one_in`, and every answer with status 500 and above; 0: none at all.
  AccessLog(Logger* logger, std::uint32_t one_in) : logger_(logger), one_in_(one_in) {}

  /// Whether the next request with this status is to be logged. Call once a request, then perhaps
  /// write(): what a line costs is not paid for the others.
  [[nodiscard]] bool wanted(int status);
  /// `{"time":…,"level":"info","message":"request","method":…,"route":…,"status":…,…,"duration_ms":0.42,…}`;
  /// level `error` from status 500 on, but for 503, a refusal.
  void write(const AccessRecord& record);

 private:
  Logger* logger_;
  std::uint32_t one_in_;
  // All event loops count here: beside what they only read, each count would cost them that too.
  alignas(64) std::atomic<std::uint32_t> next_{0};
};

}  // namespace dss::log
