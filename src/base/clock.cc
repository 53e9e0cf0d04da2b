#include "base/clock.h"

#include <array>
#include <cstdio>
#include <ctime>

namespace dss::base {
namespace {

class OperatingSystemClock final : public Clock {
 public:
  [[nodiscard]] SteadyTime steady() const override { return std::chrono::steady_clock::now(); }
  [[nodiscard]] SystemTime system() const override { return std::chrono::system_clock::now(); }
};

void put_digits(char* out, long value, int width) {
  for (int i = width - 1; i >= 0; --i, value /= 10) out[i] = static_cast<char>('0' + value % 10);
}

}  // namespace

const Clock& system_clock() {
  static const OperatingSystemClock clock;
  return clock;
}

std::string iso8601(SystemTime time) {
  using std::chrono::floor, std::chrono::microseconds, std::chrono::seconds;
  const auto whole = floor<seconds>(time);
  const auto micros = floor<microseconds>(time - whole).count();
  // The calendar part changes once a second: each thread keeps the last one.
  thread_local std::time_t cached_second = -1;
  thread_local std::string cached = "0000-00-00T00:00:00.000000+00:00";
  const std::time_t second = std::chrono::system_clock::to_time_t(whole);
  if (second != cached_second) {
    std::tm tm{};
    gmtime_r(&second, &tm);
    put_digits(cached.data(), tm.tm_year + 1900, 4);
    put_digits(cached.data() + 5, tm.tm_mon + 1, 2);
    put_digits(cached.data() + 8, tm.tm_mday, 2);
    put_digits(cached.data() + 11, tm.tm_hour, 2);
    put_digits(cached.data() + 14, tm.tm_min, 2);
    put_digits(cached.data() + 17, tm.tm_sec, 2);
    cached_second = second;
  }
  std::string result = cached;
  put_digits(result.data() + 20, micros, 6);
  return result;
}

}  // namespace dss::base
