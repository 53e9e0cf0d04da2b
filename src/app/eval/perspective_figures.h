// How well our scores stand for those of the Perspective API, and the map by which they do.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "evaluation/agreement.h"
#include "evaluation/quantile_map.h"

namespace dss::app {

class FileScorer;

/// The thresholds that sites use.
inline constexpr std::array kPerspectiveThresholds = {0.5F, 0.7F, 0.8F, 0.9F};
inline constexpr std::size_t kPerspectiveFolds = 5;

struct PerspectiveAttribute {
  std::string_view name;
  std::string_view label;       ///< of the model
  std::string_view column;      ///< of the file: the name with the version of the old model
  evaluation::QuantileMap map;  ///< from the probability's logit, fitted on all rows
  // What follows is cross-validated: each row is mapped by the other folds.
  std::array<evaluation::Agreement, kPerspectiveThresholds.size()> decisions{};
  evaluation::Correlation correlation{};
};

struct PerspectiveFigures {
  std::size_t rows = 0;
  std::vector<PerspectiveAttribute> attributes;
};

/// Scores the texts of a CSV with `comment_text` and a column of scores from 0 to 1 for each
/// attribute. Errors name the file and the cause.
[[nodiscard]] base::Result<PerspectiveFigures> perspective_figures(const FileScorer& scorer,
                                                                   const std::string& path,
                                                                   std::size_t resamples);

/// Markdown, a table an attribute.
[[nodiscard]] std::string to_markdown(const PerspectiveFigures& figures);
/// One object; its members `rows`, `folds` and `attributes` are those of a card's `perspective`.
[[nodiscard]] std::string to_json(const PerspectiveFigures& figures);

}  // namespace dss::app
