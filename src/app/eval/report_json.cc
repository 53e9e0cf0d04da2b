#include <cmath>

#include "app/eval/report.h"
#include "json/writer.h"

namespace dss::app {
namespace {

using models::kCategoryCount;
using models::kCategoryNames;

double rounded(double value) { return std::round(value * 1e4) / 1e4; }

void put(json::Writer* out, std::string_view key, double value) {
  out->key(key).number(rounded(value));
}

void put(json::Writer* out, std::string_view key, std::size_t value) {
  out->key(key).unsigned_integer(value);
}

void put(json::Writer* out, std::string_view key, const evaluation::Interval& interval) {
  out->key(key).begin_array();
  out->number(rounded(interval.low)).number(rounded(interval.high)).end_array();
}

void put_ranking(json::Writer* out, const RankingFigures& figures) {
  out->begin_object();
  put(out, "rows", figures.rows);
  put(out, "mean_auc", figures.mean_auc);
  put(out, "mean_auc_interval", figures.mean_auc_interval);
  put(out, "toxic_obscene_insult_auc", figures.frequent_auc);
  put(out, "toxic_obscene_insult_auc_interval", figures.frequent_auc_interval);
  out->key("categories").begin_object();
  for (std::size_t c = 0; c < kCategoryCount; ++c) {
    const CategoryFigures& one = figures.categories[c];
    out->key(kCategoryNames[c]).begin_object();
    put(out, "positives", one.positives);
    put(out, "auc", one.auc);
    put(out, "auc_interval", one.auc_interval);
    put(out, "pr_auc", one.average_precision);
    put(out, "threshold", one.threshold);
    put(out, "precision", one.precision);
    put(out, "recall", one.recall);
    put(out, "f1", one.f1);
    out->end_object();
  }
  out->end_object().end_object();
}

void put_calibration(json::Writer* out, const CalibrationFigures& figures) {
  out->begin_object();
  put(out, "rows", figures.rows);
  put(out, "toxic_expected_calibration_error", figures.toxic_expected_calibration_error);
  out->key("toxic_bins").begin_array();
  for (const auto& bin : figures.toxic_bins) {
    out->begin_object();
    put(out, "rows", bin.rows);
    put(out, "mean_probability", bin.mean_probability);
    put(out, "observed", bin.observed);
    out->end_object();
  }
  out->end_array().key("brier_skill").begin_object();
  for (std::size_t c = 0; c < kCategoryCount; ++c) {
    put(out, kCategoryNames[c], figures.brier_skill[c]);
  }
  out->end_object().end_object();
}

void put_hatecheck(json::Writer* out, const HateCheckFigures& figures) {
  out->begin_object();
  put(out, "cases", figures.cases);
  put(out, "identity_hate_auc", figures.identity_hate_auc);
  put(out, "toxic_auc", figures.toxic_auc);
  put(out, "hateful_right", figures.hateful_right);
  put(out, "non_hateful_right", figures.non_hateful_right);
  put(out, "all_right", figures.all_right);
  out->key("functionalities").begin_object();
  for (const auto& one : figures.functionalities) {
    out->key(one.name).begin_object();
    put(out, "cases", one.cases);
    put(out, "by_identity_hate", one.by_identity_hate);
    put(out, "by_toxic", one.by_toxic);
    out->end_object();
  }
  out->end_object().end_object();
}

}  // namespace

std::string to_json(const EvaluationReport& report) {
  std::string text;
  json::Writer out(&text);
  out.begin_object();
  out.key("model").string(report.model);
  out.key("version").string(report.version);
  out.key("sha256").string(report.sha256);
  if (report.test) {
    out.key("jigsaw_test");
    put_ranking(&out, *report.test);
  }
  if (report.obfuscated) {
    out.key("obfuscated_test");
    put_ranking(&out, *report.obfuscated);
  }
  if (report.calibration) {
    out.key("calibration_natural");
    put_calibration(&out, *report.calibration);
  }
  if (report.hatecheck) {
    out.key("hatecheck");
    put_hatecheck(&out, *report.hatecheck);
  }
  if (report.near_misses) {
    out.key("near_misses").begin_object();
    put(&out, "texts", report.near_misses->texts);
    put(&out, "flagged", report.near_misses->flagged);
    out.end_object();
  }
  if (report.perspective) out.key("perspective").raw(to_json(*report.perspective));
  out.end_object();
  return text;
}

}  // namespace dss::app
