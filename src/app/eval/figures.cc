#include "app/eval/figures.h"

#include <algorithm>
#include <numeric>

#include "base/rng.h"
#include "evaluation/decisions.h"

namespace dss::app {
namespace {

using models::Category;
using models::kCategoryCount;

constexpr std::uint64_t kBootstrapSeed = 20180319;
constexpr std::array kFrequent = {Category::kToxic, Category::kObscene, Category::kInsult};

double mean_of_frequent(const std::array<double, kCategoryCount>& values) {
  double sum = 0;
  for (const Category category : kFrequent) sum += values[static_cast<std::size_t>(category)];
  return sum / kFrequent.size();
}

double mean_of_all(const std::array<double, kCategoryCount>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / kCategoryCount;
}

CategoryFigures category_figures(const ScoredRows::Column& column, float threshold,
                                 const evaluation::Ranking& ranking) {
  const evaluation::Confusion counts =
      evaluation::decide(column.probability, column.truth, threshold);
  return {.rows = ranking.rows(),
          .positives = ranking.positives(),
          .auc = ranking.auc(),
          .auc_interval = {},
          .average_precision = ranking.average_precision(),
          .threshold = threshold,
          .precision = counts.precision(),
          .recall = counts.recall(),
          .f1 = counts.f1()};
}

// AUCs of every resample, one column per category, then the two means.
struct Draws {
  std::array<std::vector<double>, kCategoryCount> category;
  std::vector<double> all;
  std::vector<double> frequent;
};

// The same rows of the file are drawn for all categories: their errors go together.
Draws bootstrap(const ScoredRows& rows, const std::vector<evaluation::Ranking>& rankings,
                std::size_t resamples) {
  base::Rng rng(kBootstrapSeed);
  Draws draws;
  std::vector<std::uint32_t> weights;
  for (std::size_t i = 0; i < resamples; ++i) {
    std::array<double, kCategoryCount> aucs{};
    const auto drawn = evaluation::resample(rows.rows, &rng);
    for (std::size_t c = 0; c < kCategoryCount; ++c) {
      weights.clear();
      for (const std::uint32_t row : rows.columns[c].row) weights.push_back(drawn[row]);
      aucs[c] = rankings[c].auc(weights);
      draws.category[c].push_back(aucs[c]);
    }
    draws.all.push_back(mean_of_all(aucs));
    draws.frequent.push_back(mean_of_frequent(aucs));
  }
  return draws;
}

double share(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

HateCheckFigures::Functionality& entry_for(const HateCheckCase& one, HateCheckFigures* figures) {
  auto found = std::ranges::find(figures->functionalities, one.functionality,
                                 &HateCheckFigures::Functionality::name);
  if (found != figures->functionalities.end()) return *found;
  return figures->functionalities.emplace_back(
      HateCheckFigures::Functionality{.name = one.functionality, .hateful = one.hateful});
}

}  // namespace

RankingFigures ranking_figures(const ScoredRows& rows, const Thresholds& thresholds,
                               std::size_t resamples) {
  RankingFigures figures{.rows = rows.rows};
  std::vector<evaluation::Ranking> rankings;
  std::array<double, kCategoryCount> aucs{};
  for (std::size_t c = 0; c < kCategoryCount; ++c) {
    const auto& column = rows.columns[c];
    rankings.emplace_back(column.probability, column.truth);
    figures.categories[c] = category_figures(column, thresholds[c], rankings[c]);
    aucs[c] = figures.categories[c].auc;
  }
  figures.mean_auc = mean_of_all(aucs);
  figures.frequent_auc = mean_of_frequent(aucs);
  const Draws draws = bootstrap(rows, rankings, resamples);
  for (std::size_t c = 0; c < kCategoryCount; ++c) {
    figures.categories[c].auc_interval = evaluation::percentile_interval(draws.category[c]);
  }
  figures.mean_auc_interval = evaluation::percentile_interval(draws.all);
  figures.frequent_auc_interval = evaluation::percentile_interval(draws.frequent);
  return figures;
}

CalibrationFigures calibration_figures(const ScoredRows& rows) {
  constexpr float kInteresting = 0.1F;
  constexpr std::size_t kBins = 5;
  CalibrationFigures figures{.rows = rows.rows};
  for (std::size_t c = 0; c < kCategoryCount; ++c) {
    const auto& column = rows.columns[c];
    figures.brier_skill[c] = evaluation::brier_skill(column.probability, column.truth);
  }
  const auto& toxic = rows.columns[static_cast<std::size_t>(Category::kToxic)];
  figures.toxic_expected_calibration_error =
      evaluation::expected_calibration_error(toxic.probability, toxic.truth);
  figures.toxic_bins =
      evaluation::equal_count_bins(toxic.probability, toxic.truth, kInteresting, kBins);
  return figures;
}

HateCheckFigures hatecheck_figures(const std::vector<HateCheckCase>& cases,
                                   const Thresholds& thresholds) {
  const float hate = thresholds[static_cast<std::size_t>(Category::kIdentityHate)];
  const float toxic = thresholds[static_cast<std::size_t>(Category::kToxic)];
  HateCheckFigures figures{.cases = cases.size()};
  std::vector<float> by_hate;
  std::vector<float> by_toxic;
  std::vector<std::uint8_t> truths;
  for (const HateCheckCase& one : cases) {
    auto& entry = entry_for(one, &figures);
    ++entry.cases;
    entry.by_identity_hate += (one.identity_hate >= hate) == one.hateful ? 1 : 0;
    entry.by_toxic += (one.toxic >= toxic) == one.hateful ? 1 : 0;
    by_hate.push_back(one.identity_hate);
    by_toxic.push_back(one.toxic);
    truths.push_back(one.hateful ? 1 : 0);
  }
  for (auto& entry : figures.functionalities) {
    entry.by_identity_hate /= static_cast<double>(entry.cases);
    entry.by_toxic /= static_cast<double>(entry.cases);
  }
  const evaluation::Confusion counts = evaluation::decide(by_hate, truths, hate);
  figures.identity_hate_auc = evaluation::Ranking(by_hate, truths).auc();
  figures.toxic_auc = evaluation::Ranking(by_toxic, truths).auc();
  figures.hateful_right = counts.recall();
  figures.non_hateful_right =
      share(counts.true_negatives, counts.true_negatives + counts.false_positives);
  figures.all_right = share(counts.true_positives + counts.true_negatives, cases.size());
  return figures;
}

}  // namespace dss::app
