#include "app/feedback/since.h"

#include <chrono>
#include <optional>
#include <string>

namespace dss::app {
namespace {

std::optional<int> number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

/// `THH:MM` or `THH:MM:SS`.
std::optional<std::chrono::seconds> time_of_day(std::string_view text) {
  if (text.empty()) return std::chrono::seconds(0);
  if (text.size() == 6) return time_of_day(std::string(text) + ":00");
  if (text.size() != 9 || text[0] != 'T' || text[3] != ':' || text[6] != ':') return std::nullopt;
  const auto hour = number(text.substr(1, 2));
  const auto minute = number(text.substr(4, 2));
  const auto second = number(text.substr(7, 2));
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) {
    return std::nullopt;
  }
  return std::chrono::hours(*hour) + std::chrono::minutes(*minute) + std::chrono::seconds(*second);
}

std::optional<std::chrono::sys_days> date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = number(text.substr(0, 4));
  const auto month = number(text.substr(5, 2));
  const auto day = number(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day found{std::chrono::year(*year),
                                          std::chrono::month(static_cast<unsigned>(*month)),
                                          std::chrono::day(static_cast<unsigned>(*day))};
  if (!found.ok() || *year < 1970 || *year > 2200) return std::nullopt;
  return std::chrono::sys_days(found);
}

}  // namespace

base::Result<base::SystemTime> parse_since(std::string_view text) {
  std::string_view rest = text;
  if (rest.ends_with('Z')) rest.remove_suffix(1);
  const auto day = date(rest.substr(0, 10));
  const auto time = rest.size() < 10 ? std::nullopt : time_of_day(rest.substr(10));
  if (!day || !time) {
    return base::fail(base::ErrorKind::kInvalidArgument,
                      "--since '" + std::string(text) +
                          "' is no time; write 2026-03-01 or 2026-03-01T08:30:00Z (UTC)");
  }
  return base::SystemTime(*day) + *time;
}

}  // namespace dss::app
