#include <cmath>
#include <iterator>

#include "app/eval/report.h"
#include "fmt/format.h"

namespace dss::app {
namespace {

using models::kCategoryCount;
using models::kCategoryNames;
using Out = std::back_insert_iterator<std::string>;

std::string with_interval(double value, const evaluation::Interval& interval) {
  if (std::isnan(interval.low)) return fmt::format("{:.4f}", value);  // without resamples
  return fmt::format("{:.4f} ({:.4f}-{:.4f})", value, interval.low, interval.high);
}

void put_ranking(const RankingFigures& figures, Out out) {
  fmt::format_to(out,
                 "| category | positives | AUC (95 % interval) | PR-AUC | threshold | precision "
                 "| recall | F1 |\n|---|--:|---|--:|--:|--:|--:|--:|\n");
  for (std::size_t c = 0; c < kCategoryCount; ++c) {
    const CategoryFigures& one = figures.categories[c];
    fmt::format_to(out, "| {} | {} | {} | {:.3f} | {:.2f} | {:.3f} | {:.3f} | {:.3f} |\n",
                   kCategoryNames[c], one.positives, with_interval(one.auc, one.auc_interval),
                   one.average_precision, one.threshold, one.precision, one.recall, one.f1);
  }
  fmt::format_to(out, "| **mean of six** | | **{}** | | | | | |\n",
                 with_interval(figures.mean_auc, figures.mean_auc_interval));
  fmt::format_to(out, "| **mean of toxic, obscene, insult** | | **{}** | | | | | |\n",
                 with_interval(figures.frequent_auc, figures.frequent_auc_interval));
}

void put_obfuscated(const EvaluationReport& report, Out out) {
  fmt::format_to(out, "\n## The same rows, obfuscated\n\nMean AUC {}",
                 with_interval(report.obfuscated->mean_auc, report.obfuscated->mean_auc_interval));
  if (report.test) {
    fmt::format_to(out, ": {:.4f} lost", report.test->mean_auc - report.obfuscated->mean_auc);
  }
  fmt::format_to(out, ".\n");
}

void put_calibration(const CalibrationFigures& figures, Out out) {
  fmt::format_to(out,
                 "\n## Calibration, {} rows at natural prevalence\n\n"
                 "Expected calibration error of `toxic`: {:.4f} (ten bins of equal width)\n\n"
                 "| rows with p ≥ 0.1, five bins | mean p | observed | difference |\n"
                 "|--:|--:|--:|--:|\n",
                 figures.rows, figures.toxic_expected_calibration_error);
  for (const auto& bin : figures.toxic_bins) {
    fmt::format_to(out, "| {} | {:.3f} | {:.3f} | {:+.3f} |\n", bin.rows, bin.mean_probability,
                   bin.observed, bin.mean_probability - bin.observed);
  }
  fmt::format_to(out, "\n| category | Brier skill |\n|---|--:|\n");
  for (std::size_t c = 0; c < kCategoryCount; ++c) {
    fmt::format_to(out, "| {} | {:.3f} |\n", kCategoryNames[c], figures.brier_skill[c]);
  }
}

void put_hatecheck(const HateCheckFigures& figures, Out out) {
  fmt::format_to(out,
                 "\n## HateCheck, {} cases\n\n"
                 "Decided by `identity_hate`: AUC {:.3f}; at the threshold hateful {:.1f} %, "
                 "non-hateful {:.1f} %, all {:.1f} %. AUC of `toxic`: {:.3f}\n\n"
                 "| functionality | cases | right by identity_hate | right by toxic |\n"
                 "|---|--:|--:|--:|\n",
                 figures.cases, figures.identity_hate_auc, 100 * figures.hateful_right,
                 100 * figures.non_hateful_right, 100 * figures.all_right, figures.toxic_auc);
  for (const auto& one : figures.functionalities) {
    fmt::format_to(out, "| {} | {} | {:.1f} % | {:.1f} % |\n", one.name, one.cases,
                   100 * one.by_identity_hate, 100 * one.by_toxic);
  }
}

}  // namespace

std::string to_markdown(const EvaluationReport& report) {
  std::string text;
  const Out out(text);
  fmt::format_to(out, "# `{}` {} (sha256 {:.12})\n", report.model, report.version, report.sha256);
  if (report.test) {
    fmt::format_to(out, "\n## Jigsaw test, {} rows\n\n", report.test->rows);
    put_ranking(*report.test, out);
  }
  if (report.obfuscated) put_obfuscated(report, out);
  if (report.calibration) put_calibration(*report.calibration, out);
  if (report.hatecheck) put_hatecheck(*report.hatecheck, out);
  if (report.near_misses) {
    fmt::format_to(out, "\n## Innocent near-misses\n\n{} of {} flagged.\n",
                   report.near_misses->flagged, report.near_misses->texts);
  }
  if (report.perspective) text += to_markdown(*report.perspective);
  return text;
}

}  // namespace dss::app
