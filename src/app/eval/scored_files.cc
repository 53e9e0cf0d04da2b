#include "app/eval/scored_files.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <thread>

#include "app/eval/csv_table.h"
#include "base/utf8.h"

namespace dss::app {
namespace {

using models::kCategoryCount;
using models::kCategoryNames;

constexpr std::size_t kTogether = 128;  // texts that are handed to a model at once

/// A blank cell is unknown. Errors: kCorrupt.
base::Result<std::optional<bool>> truth_of(const std::string& cell) {
  if (cell.empty()) return std::optional<bool>();
  double share = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), share);
  if (error != std::errc() || end != cell.data() + cell.size() || share < 0 || share > 1) {
    return base::fail(base::ErrorKind::kCorrupt, "a label is neither blank nor from 0 to 1");
  }
  return std::optional<bool>(share >= 0.5);
}

}  // namespace

base::Result<std::vector<FileScorer::Probabilities>> FileScorer::probabilities(
    const std::vector<std::string_view>& texts) const {
  std::vector<Probabilities> out(texts.size());
  std::vector<base::Status> failures(threads_);
  const auto work = [&](unsigned worker) {
    for (std::size_t i = worker * kTogether; i < texts.size(); i += threads_ * kTogether) {
      std::vector<std::string_view> some;
      for (std::size_t k = i; k < std::min(i + kTogether, texts.size()); ++k) {
        some.push_back(base::trim(texts[k]));
      }
      const auto outcomes = engine_->score_all(some, {.model = model_});
      for (std::size_t k = 0; k < outcomes.size(); ++k) {
        if (!outcomes[k]) {
          failures[worker] = base::fail(outcomes[k].error());
          return;
        }
        std::copy_n(outcomes[k]->scores.probability.begin(), kCategoryCount, out[i + k].begin());
      }
    }
  };
  std::vector<std::thread> pool;
  pool.reserve(threads_);
  for (unsigned worker = 0; worker < threads_; ++worker) pool.emplace_back(work, worker);
  for (std::thread& thread : pool) thread.join();
  for (const base::Status& status : failures) {
    if (!status) return base::fail(status.error());
  }
  return out;
}

base::Result<ScoredRows> FileScorer::labelled(const std::string& path) const {
  const auto table = CsvTable::read(path);
  if (!table) return base::fail(table.error());
  const auto text = table->column("text");
  if (!text) return base::fail(text.error());
  std::vector<std::string_view> texts;
  texts.reserve(table->rows());
  for (std::size_t row = 0; row < table->rows(); ++row) texts.push_back(table->cell(row, *text));
  const auto scores = probabilities(texts);
  if (!scores) return base::fail(scores.error());

  ScoredRows rows;
  rows.rows = table->rows();
  for (std::size_t c = 0; c < kCategoryCount; ++c) {
    const auto column = table->column(kCategoryNames[c]);
    if (!column) return base::fail(column.error());
    for (std::size_t row = 0; row < table->rows(); ++row) {
      const auto truth = truth_of(table->cell(row, *column));
      if (!truth) {
        return base::fail(base::ErrorKind::kCorrupt,
                          path + ": record " + std::to_string(row + 2) + ", column " +
                              std::string(kCategoryNames[c]) + ": " + truth.error().message);
      }
      if (!truth->has_value()) continue;
      rows.columns[c].row.push_back(static_cast<std::uint32_t>(row));
      rows.columns[c].truth.push_back(**truth ? 1 : 0);
      rows.columns[c].probability.push_back((*scores)[row][c]);
    }
  }
  return rows;
}

base::Result<std::vector<HateCheckCase>> FileScorer::hatecheck(const std::string& path) const {
  const auto table = CsvTable::read(path);
  if (!table) return base::fail(table.error());
  const auto functionality = table->column("functionality");
  const auto text = table->column("test_case");
  const auto gold = table->column("label_gold");
  for (const auto* column : {&functionality, &text, &gold}) {
    if (!*column) return base::fail(column->error());
  }
  std::vector<std::string_view> texts;
  texts.reserve(table->rows());
  for (std::size_t row = 0; row < table->rows(); ++row) texts.push_back(table->cell(row, *text));
  const auto scores = probabilities(texts);
  if (!scores) return base::fail(scores.error());
  std::vector<HateCheckCase> cases;
  cases.reserve(table->rows());
  for (std::size_t row = 0; row < table->rows(); ++row) {
    const Probabilities& one = (*scores)[row];
    cases.push_back(
        {.functionality = table->cell(row, *functionality),
         .hateful = table->cell(row, *gold) == "hateful",
         .identity_hate = one[static_cast<std::size_t>(models::Category::kIdentityHate)],
         .toxic = one[static_cast<std::size_t>(models::Category::kToxic)]});
  }
  return cases;
}

base::Result<NearMissFigures> FileScorer::near_misses(const std::string& path,
                                                      const Thresholds& thresholds) const {
  const auto lines = read_lines(path);
  if (!lines) return base::fail(lines.error());
  const auto scores = probabilities({lines->begin(), lines->end()});
  if (!scores) return base::fail(scores.error());
  NearMissFigures figures{.texts = lines->size()};
  for (const Probabilities& one : *scores) {
    bool flagged = false;
    for (std::size_t c = 0; c < kCategoryCount; ++c) flagged |= one[c] >= thresholds[c];
    figures.flagged += flagged ? 1 : 0;
  }
  return figures;
}

}  // namespace dss::app
