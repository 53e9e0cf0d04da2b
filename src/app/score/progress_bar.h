// How far a long job is, on one line of a terminal.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

#include "base/clock.h"

namespace dss::app {

struct Progress {
  std::uint64_t rows = 0;
  std::uint64_t bytes = 0;                   ///< read so far
  std::optional<std::uint64_t> total_bytes;  ///< nothing: unknown, as of a pipe
  double seconds = 0;                        ///< since the start
};

/// ` 42 % [████····]  1.2 MB of 3.0 MB  12,345 rows  8,210 rows/s  0:03 left`; without a total only
/// what is known.
[[nodiscard]] std::string progress_line(const Progress& progress);

/// `1,234,567`
[[nodiscard]] std::string with_thousands(std::uint64_t number);

/// Draws at most ten times a second. Thread-safe.
class ProgressBar {
 public:
  /// Draws on `descriptor` if it is a terminal and `quiet` is not set.
  ProgressBar(int descriptor, bool quiet, const base::Clock* clock);
  ~ProgressBar();  ///< wipes the line

  [[nodiscard]] bool visible() const { return visible_; }
  void update(std::uint64_t rows, std::uint64_t bytes, std::optional<std::uint64_t> total_bytes);
  void wipe();

 private:
  const int descriptor_;
  const bool visible_;
  const base::Clock* clock_;
  const base::SteadyTime started_;
  std::mutex mutex_;  ///< guards drawn_
  base::SteadyTime drawn_;
};

}  // namespace dss::app
