#include "evaluation/quantile_map.h"

#include <algorithm>
#include <array>
#include <functional>

#include "base/piecewise_linear.h"

namespace dss::evaluation {
namespace {

constexpr std::array kLevels = {0.02F, 0.05F, 0.10F, 0.15F, 0.20F, 0.25F, 0.30F,
                                0.35F, 0.40F, 0.45F, 0.50F, 0.55F, 0.60F, 0.65F,
                                0.70F, 0.75F, 0.80F, 0.85F, 0.90F, 0.95F, 0.98F};
constexpr std::size_t kLeastRows = 5;
// Closer points would not survive being written with few digits.
constexpr float kLeastStep = 1e-3F;

// Several levels at one place are a jump: the first stays in front of it, the last ends it.
void add_level(float x, float level, float high, QuantileMap* map) {
  if (x > high - kLeastStep) return;
  if (x < map->x.back() + kLeastStep) {
    if (map->x.size() == 1) return;
    const bool room = x - kLeastStep > map->x[map->x.size() - 2];
    const bool jumping =
        map->y.size() > 2 && map->x.back() - map->x[map->x.size() - 2] < 2 * kLeastStep;
    if (!jumping && room) {
      map->x.back() = x - kLeastStep;
    } else {
      map->x.pop_back();
      map->y.pop_back();
    }
  }
  map->x.push_back(x);
  map->y.push_back(level);
}

}  // namespace

QuantileMap fit_quantile_map(std::span<const float> from, std::span<const float> to, float low,
                             float high) {
  std::vector<float> falling(from.begin(), from.end());
  std::sort(falling.begin(), falling.end(), std::greater<>());
  QuantileMap map{{low}, {0}};
  for (const float level : kLevels) {
    const auto reached = static_cast<std::size_t>(
        std::count_if(to.begin(), to.end(), [level](float score) { return score >= level; }));
    if (reached < kLeastRows || reached + kLeastRows > to.size()) continue;
    const float x = (falling[reached - 1] + falling[reached]) / 2;
    add_level(x, level, high, &map);
  }
  map.x.push_back(high);
  map.y.push_back(1);
  return map;
}

std::vector<float> cross_mapped(std::span<const float> from, std::span<const float> to, float low,
                                float high, std::size_t folds) {
  std::vector<float> mapped(from.size());
  for (std::size_t fold = 0; fold < folds; ++fold) {
    std::vector<float> known_from;
    std::vector<float> known_to;
    for (std::size_t i = 0; i < from.size(); ++i) {
      if (i % folds == fold) continue;
      known_from.push_back(from[i]);
      known_to.push_back(to[i]);
    }
    const QuantileMap map = fit_quantile_map(known_from, known_to, low, high);
    for (std::size_t i = fold; i < from.size(); i += folds) {
      mapped[i] = base::piecewise_linear(map.x, map.y, from[i]);
    }
  }
  return mapped;
}

}  // namespace dss::evaluation
