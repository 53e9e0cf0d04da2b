#include "log/access_log.h"

namespace dss::log {
namespace {

/// Milliseconds, to the microsecond.
double milliseconds(std::chrono::nanoseconds duration) {
  const auto microseconds = std::chrono::duration_cast<std::chrono::microseconds>(duration);
  return std::chrono::duration<double, std::milli>(microseconds).count();
}

}  // namespace

bool AccessLog::wanted(int status) {
  if (one_in_ == 0 || !logger_->enabled(status >= 500 ? Level::kError : Level::kInfo)) return false;
  if (status >= 500) return true;
  return next_.fetch_add(1, std::memory_order_relaxed) % one_in_ == 0;
}

void AccessLog::write(const AccessRecord& record) {
  const Field method{"method", record.method};
  const Field route{"route", record.route};
  const Field status{"status", std::int64_t{record.status}};
  const Field received{"request_bytes", static_cast<std::int64_t>(record.request_bytes)};
  const Field sent{"response_bytes", static_cast<std::int64_t>(record.response_bytes)};
  const Field duration{"duration_ms", milliseconds(record.duration)};
  const Field request_id{"request_id", record.request_id};
  const Level level = record.status >= 500 ? Level::kError : Level::kInfo;
  if (record.trace_id.empty()) {
    logger_->write(level, "request", {method, route, status, received, sent, duration, request_id});
  } else {
    logger_->write(level, "request",
                   {method,
                    route,
                    status,
                    received,
                    sent,
                    duration,
                    request_id,
                    {"trace_id", record.trace_id}});
  }
}

}  // namespace dss::log
