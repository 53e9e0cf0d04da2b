#include "app/eval/perspective_figures.h"

#include <charconv>
#include <utility>

#include "app/eval/csv_table.h"
#include "app/eval/scored_files.h"
#include "models/calibration.h"

namespace dss::app {
namespace {

// Where logits end: beyond what probability_of answers, so that no score lies outside.
constexpr float kFarLogit = 13.9F;

struct Known {
  std::string_view name;
  models::Category category;
  std::string_view column;
};

constexpr std::array kKnown = std::to_array<Known>({
    {"TOXICITY", models::Category::kToxic, "TOXICITY@6"},
    {"SEVERE_TOXICITY", models::Category::kSevereToxic, "SEVERE_TOXICITY@2"},
    {"IDENTITY_ATTACK", models::Category::kIdentityHate, "IDENTITY_ATTACK"},
    {"INSULT", models::Category::kInsult, "INSULT"},
    {"PROFANITY", models::Category::kObscene, "PROFANITY"},
    {"THREAT", models::Category::kThreat, "THREAT"},
    {"OBSCENE", models::Category::kObscene, "OBSCENE"},
});

base::Result<std::vector<float>> scores_in(const CsvTable& table, const std::string& path,
                                           std::string_view name) {
  const auto column = table.column(name);
  if (!column) return base::fail(column.error());
  std::vector<float> scores;
  scores.reserve(table.rows());
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string& cell = table.cell(row, *column);
    float score = -1;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), score);
    const bool whole = error == std::errc() && end == cell.data() + cell.size();
    if (!whole || !(score >= 0 && score <= 1)) {
      return base::fail(base::ErrorKind::kCorrupt, path + ": record " + std::to_string(row + 2) +
                                                       ", column " + std::string(name) +
                                                       ": no score from 0 to 1");
    }
    scores.push_back(score);
  }
  return scores;
}

std::vector<float> logits_of(const std::vector<FileScorer::Probabilities>& rows,
                             models::Category category) {
  std::vector<float> logits;
  logits.reserve(rows.size());
  for (const auto& row : rows) {
    logits.push_back(models::logit_of(row[static_cast<std::size_t>(category)]));
  }
  return logits;
}

PerspectiveAttribute measured(const Known& known, const std::vector<float>& ours,
                              const std::vector<float>& theirs, std::size_t resamples) {
  PerspectiveAttribute attribute{
      .name = known.name,
      .label = models::kCategoryNames[static_cast<std::size_t>(known.category)],
      .column = known.column,
      .map = evaluation::fit_quantile_map(ours, theirs, -kFarLogit, kFarLogit)};
  const auto mapped =
      evaluation::cross_mapped(ours, theirs, -kFarLogit, kFarLogit, kPerspectiveFolds);
  for (std::size_t i = 0; i < kPerspectiveThresholds.size(); ++i) {
    attribute.decisions[i] =
        evaluation::agreement_at(mapped, theirs, kPerspectiveThresholds[i], resamples);
  }
  attribute.correlation = evaluation::correlate(mapped, theirs, resamples);
  return attribute;
}

}  // namespace

base::Result<PerspectiveFigures> perspective_figures(const FileScorer& scorer,
                                                     const std::string& path,
                                                     std::size_t resamples) {
  const auto table = CsvTable::read(path);
  if (!table) return base::fail(table.error());
  const auto text = table->column("comment_text");
  if (!text) return base::fail(text.error());
  if (table->rows() < 2 * kPerspectiveFolds) {
    return base::fail(base::ErrorKind::kCorrupt, path + ": too few rows to fit a map");
  }
  std::vector<std::string_view> texts;
  texts.reserve(table->rows());
  for (std::size_t row = 0; row < table->rows(); ++row) texts.push_back(table->cell(row, *text));
  const auto probabilities = scorer.probabilities(texts);
  if (!probabilities) return base::fail(probabilities.error());
  PerspectiveFigures figures{.rows = table->rows(), .attributes = {}};
  for (const Known& known : kKnown) {
    const auto theirs = scores_in(*table, path, known.column);
    if (!theirs) return base::fail(theirs.error());
    figures.attributes.push_back(
        measured(known, logits_of(*probabilities, known.category), *theirs, resamples));
  }
  return figures;
}

}  // namespace dss::app
