// The 0-100 score and its four levels.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace dss::api {

enum class Level : std::uint8_t { kLow, kMedium, kHigh, kExtreme };
inline constexpr std::size_t kLevelCount = 4;
inline constexpr std::array<std::string_view, kLevelCount> kLevelNames = {"low", "medium", "high",
                                                                          "extreme"};

/// 100 × probability, rounded half up. REQUIRES: 0 ≤ probability ≤ 1.
[[nodiscard]] inline int score_of(float probability) {
  return static_cast<int>(std::floor(100.0 * static_cast<double>(probability) + 0.5));
}

/// low 0-24, medium 25-59, high 60-84, extreme 85-100.
[[nodiscard]] constexpr Level level_of(int score) {
  if (score < 25) return Level::kLow;
  if (score < 60) return Level::kMedium;
  if (score < 85) return Level::kHigh;
  return Level::kExtreme;
}

[[nodiscard]] constexpr std::string_view level_name(Level level) {
  return kLevelNames[static_cast<std::size_t>(level)];
}

}  // namespace dss::api
