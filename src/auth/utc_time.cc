#include "auth/utc_time.h"

#include <array>
#include <chrono>
#include <cstdio>

namespace dss::auth {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::string_view kForm = "0000-00-00T00:00:00Z";
constexpr std::size_t kDateSize = 10;

/// The number in `text` at `place`; -1 if there are other characters than digits.
int number_at(std::string_view text, std::size_t place, std::size_t size) {
  int value = 0;
  for (const char c : text.substr(place, size)) {
    if (c < '0' || c > '9') return -1;
    value = 10 * value + (c - '0');
  }
  return value;
}

bool has_form(std::string_view text) {
  if (text.size() != kForm.size() && text.size() != kDateSize) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (kForm[i] == '0' ? !digit : text[i] != kForm[i]) return false;
  }
  return true;
}

}  // namespace

std::string utc_text(base::SystemTime time) {
  const auto whole = std::chrono::floor<seconds>(time);
  const auto day = std::chrono::floor<days>(whole);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(whole - day);
  std::array<char, 40> text{};
  const int size = std::snprintf(
      text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
      static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
      static_cast<int>(clock.seconds().count()));
  return {text.data(), static_cast<std::size_t>(size)};
}

base::Result<base::SystemTime> parse_utc(std::string_view text) {
  if (has_form(text)) {
    const std::chrono::year_month_day date(
        std::chrono::year(number_at(text, 0, 4)),
        std::chrono::month(static_cast<unsigned>(number_at(text, 5, 2))),
        std::chrono::day(static_cast<unsigned>(number_at(text, 8, 2))));
    const bool timed = text.size() > kDateSize;
    const int hour = timed ? number_at(text, 11, 2) : 0;
    const int minute = timed ? number_at(text, 14, 2) : 0;
    const int second = timed ? number_at(text, 17, 2) : 0;
    // Beyond that year nanoseconds do not fit into 64 bits.
    const bool fits =
        date.year() >= std::chrono::year(1970) && date.year() < std::chrono::year(2260);
    if (date.ok() && fits && hour < 24 && minute < 60 && second < 60) {
      return std::chrono::sys_days(date) + hours(hour) + minutes(minute) + seconds(second);
    }
  }
  return base::fail(base::ErrorKind::kInvalidArgument,
                    "a time is written 2026-03-01 or 2026-03-01T08:30:00Z");
}

}  // namespace dss::auth
