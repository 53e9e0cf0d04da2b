#include "app/keys/expiry.h"

#include <charconv>
#include <chrono>
#include <optional>

#include "auth/utc_time.h"

namespace dss::app {
namespace {

constexpr int kMost = 36500;

std::optional<std::chrono::minutes> unit_of(char letter) {
  if (letter == 'm') return std::chrono::minutes(1);
  if (letter == 'h') return std::chrono::hours(1);
  if (letter == 'd') return std::chrono::days(1);
  return std::nullopt;
}

std::optional<std::chrono::minutes> parse_duration(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  const auto unit = unit_of(text.back());
  text.remove_suffix(1);
  int count = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), count);
  const bool whole = read.ec == std::errc() && read.ptr == text.data() + text.size();
  if (!unit || !whole || count < 0 || count > kMost) return std::nullopt;
  return count * *unit;
}

}  // namespace

base::Result<base::SystemTime> parse_expiry(std::string_view text, base::SystemTime now) {
  if (const auto duration = parse_duration(text)) return now + *duration;
  auto time = auth::parse_utc(text);
  if (time) return time;
  return base::fail(base::ErrorKind::kInvalidArgument,
                    "an expiry is a duration (90d, 12h, 30m) or a time in UTC (2026-03-01, "
                    "2026-03-01T08:30:00Z)");
}

}  // namespace dss::app
