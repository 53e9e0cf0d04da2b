#include "log/access_log.h"

namespace dss::log {
namespace {

/// Milliseconds, to the microsecond.
double milliseconds(std::chrono::nanoseconds duration) {
  const auto microseconds = std::chrono::duration_cast<std::chrono::microseconds>(duration);
  return std::chrono::duration<double, std::milli>(microseconds).count();
}

/// 503 is what an overloaded server answers most: a line for each would overload it more.
bool is_fault(int status) { return status >= 500 && status != 503; }

Level level_of(int status) { return is_fault(status) ? Level::kError : Level::kInfo; }

}  // namespace

bool AccessLog::wanted(int status) {
  if (one_in_ == 0 || !logger_->enabled(level_of(status))) return false;
  if (is_fault(status)) return true;
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
  const Level level = level_of(record.status);
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
