#include "app/score/progress_bar.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>

namespace dss::app {
namespace {

constexpr std::chrono::milliseconds kInterval{100};
constexpr int kWidth = 20;

std::string megabytes(std::uint64_t bytes) {
  return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

std::string clock_text(double seconds) {
  const auto whole = static_cast<std::uint64_t>(std::llround(seconds));
  if (whole >= 3600)
    return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

std::string bar(double share) {
  const int full = static_cast<int>(share * kWidth);
  std::string out;
  for (int i = 0; i < kWidth; ++i) out += i < full ? "█" : "·";
  return out;
}

}  // namespace

std::string with_thousands(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t i = digits.size(); i > 3;) digits.insert(i -= 3, ",");
  return digits;
}

std::string progress_line(const Progress& progress) {
  std::string line;
  const double total = progress.total_bytes ? static_cast<double>(*progress.total_bytes) : 0;
  const double share = total > 0 ? std::min(1.0, static_cast<double>(progress.bytes) / total) : 0;
  if (total > 0) {
    line = fmt::format("{:3.0f} % [{}]  {} of {}", 100 * share, bar(share),
                       megabytes(progress.bytes), megabytes(*progress.total_bytes));
  } else {
    line = megabytes(progress.bytes);
  }
  line += fmt::format("  {} rows", with_thousands(progress.rows));
  if (progress.seconds > 0) {
    const double rate = static_cast<double>(progress.rows) / progress.seconds;
    line += fmt::format("  {} rows/s", with_thousands(static_cast<std::uint64_t>(rate)));
  }
  if (share > 0)
    line += fmt::format("  {} left", clock_text(progress.seconds * (1 - share) / share));
  return line;
}

ProgressBar::ProgressBar(int descriptor, bool quiet, const base::Clock* clock)
    : descriptor_(descriptor),
      visible_(!quiet && ::isatty(descriptor) == 1),
      clock_(clock),
      started_(clock->steady()),
      drawn_(started_) {}

ProgressBar::~ProgressBar() { wipe(); }

void ProgressBar::update(std::uint64_t rows, std::uint64_t bytes,
                         std::optional<std::uint64_t> total_bytes) {
  if (!visible_) return;
  const std::lock_guard lock(mutex_);
  const base::SteadyTime now = clock_->steady();
  if (now - drawn_ < kInterval) return;
  drawn_ = now;
  const std::string line =
      "\r\x1B[K" + progress_line({rows, bytes, total_bytes, base::seconds_between(started_, now)});
  [[maybe_unused]] const auto written = ::write(descriptor_, line.data(), line.size());
}

void ProgressBar::wipe() {
  if (!visible_) return;
  [[maybe_unused]] const auto written = ::write(descriptor_, "\r\x1B[K", 4);
}

}  // namespace dss::app
