// The figures of `dss eval`: from scored rows to the numbers of the README's table.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "evaluation/calibration.h"
#include "evaluation/ranking.h"
#include "models/scores.h"

namespace dss::app {

/// Rows of one evaluation file with what the model answered.
struct ScoredRows {
  struct Column {
    std::vector<std::uint32_t> row;  ///< of the file, from 0
    std::vector<float> probability;
    std::vector<std::uint8_t> truth;
  };
  std::array<Column, models::kCategoryCount> columns;  ///< only rows whose truth is known
  std::size_t rows = 0;
};

struct CategoryFigures {
  std::size_t rows = 0;
  std::size_t positives = 0;
  double auc = 0;
  evaluation::Interval auc_interval{};  ///< 95 %, bootstrap over rows
  double average_precision = 0;
  double threshold = 0;
  double precision = 0;
  double recall = 0;
  double f1 = 0;
};

struct RankingFigures {
  std::size_t rows = 0;
  std::array<CategoryFigures, models::kCategoryCount> categories{};
  double mean_auc = 0;  ///< over the six categories
  evaluation::Interval mean_auc_interval{};
  double frequent_auc = 0;  ///< over toxic, obscene and insult: the columns with enough positives
  evaluation::Interval frequent_auc_interval{};
};

struct CalibrationFigures {
  std::size_t rows = 0;
  std::array<double, models::kCategoryCount> brier_skill{};
  double toxic_expected_calibration_error = 0;
  std::vector<evaluation::ReliabilityBin> toxic_bins{};  ///< five of equal count, rows with p ≥ 0.1
};

/// One case of HateCheck (Röttger et al. 2021).
struct HateCheckCase {
  std::string functionality;
  bool hateful = false;
  float identity_hate = 0;  ///< probability
  float toxic = 0;
};

struct HateCheckFigures {
  struct Functionality {
    std::string name;
    bool hateful = false;
    std::size_t cases = 0;
    double by_identity_hate = 0;  ///< share decided rightly by identity_hate ≥ threshold
    double by_toxic = 0;
  };
  std::size_t cases = 0;
  double identity_hate_auc = 0;
  double toxic_auc = 0;
  double hateful_right = 0;  ///< share of hateful cases that identity_hate flags
  double non_hateful_right = 0;
  double all_right = 0;
  std::vector<Functionality> functionalities{};  ///< in the file's order
};

using Thresholds = std::array<float, models::kCategoryCount>;

/// `resamples` bootstrap draws with a fixed seed; the same rows are drawn for all categories.
[[nodiscard]] RankingFigures ranking_figures(const ScoredRows& rows, const Thresholds& thresholds,
                                             std::size_t resamples);
[[nodiscard]] CalibrationFigures calibration_figures(const ScoredRows& rows);
[[nodiscard]] HateCheckFigures hatecheck_figures(const std::vector<HateCheckCase>& cases,
                                                 const Thresholds& thresholds);

}  // namespace dss::app
