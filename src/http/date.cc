#include "http/date.h"

#include <cstdio>

namespace dss::http {

void DateCache::update(base::SystemTime now) {
  const std::time_t second = std::chrono::system_clock::to_time_t(now);
  if (second == second_) return;
  second_ = second;
  constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::tm utc{};
  gmtime_r(&second, &utc);
  std::snprintf(text_.data(), text_.size(), "%s, %02u %s %04u %02u:%02u:%02u GMT",
                kDays[utc.tm_wday], static_cast<unsigned>(utc.tm_mday) % 100U, kMonths[utc.tm_mon],
                static_cast<unsigned>(utc.tm_year + 1900) % 10000U,
                static_cast<unsigned>(utc.tm_hour) % 100U, static_cast<unsigned>(utc.tm_min) % 100U,
                static_cast<unsigned>(utc.tm_sec) % 100U);
}

}  // namespace dss::http
