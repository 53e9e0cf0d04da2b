// What changes for whoever goes from one service's scores to another's at the same threshold.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "evaluation/agreement.h"

namespace dss::app {

struct Comparison {
  std::size_t rows = 0;
  evaluation::Agreement agreement;  ///< of the new decisions with the old ones
  evaluation::Correlation correlation;
  std::size_t newly_flagged = 0;
  std::size_t no_longer_flagged = 0;
  /// New threshold at which as many rows are flagged as before, as nearly as equal scores let it;
  /// nothing where none was flagged.
  std::optional<float> as_often{};
  std::vector<std::size_t> changed{};  ///< rows whose decision changes, largest difference first
};

/// REQUIRES: equal sizes, a row at least.
[[nodiscard]] Comparison compare_scores(std::span<const float> before, std::span<const float> after,
                                        float threshold, std::size_t resamples);

/// Markdown.
[[nodiscard]] std::string to_markdown(const Comparison& comparison);

}  // namespace dss::app
