#include <cmath>
#include <iterator>

#include "app/eval/perspective_figures.h"
#include "fmt/format.h"
#include "json/writer.h"

namespace dss::app {
namespace {

double rounded(double value, double steps) { return std::round(value * steps) / steps; }

std::string with_interval(double value, const evaluation::Interval& interval) {
  if (std::isnan(interval.low)) return fmt::format("{:.3f}", value);  // without resamples
  return fmt::format("{:.3f} ({:.3f}-{:.3f})", value, interval.low, interval.high);
}

void put(json::Writer* out, const char* key, double value, const evaluation::Interval& interval) {
  out->key(std::string_view(key)).number(rounded(value, 1e4));
  if (std::isnan(interval.low)) return;
  out->key(std::string(key) + "_interval").begin_array();
  out->number(rounded(interval.low, 1e4)).number(rounded(interval.high, 1e4)).end_array();
}

void put_points(json::Writer* out, std::string_view key, const std::vector<float>& points) {
  out->key(key).begin_array();
  for (const float point : points) out->number(rounded(point, 1e4));
  out->end_array();
}

void put_fit(json::Writer* out, const PerspectiveAttribute& attribute) {
  out->key("fit").begin_object();
  put(out, "pearson", attribute.correlation.pearson, attribute.correlation.interval);
  out->key("thresholds").begin_object();
  for (const evaluation::Agreement& one : attribute.decisions) {
    out->key(fmt::format("{}", one.threshold)).begin_object();
    out->key("positives").unsigned_integer(one.positives);
    put(out, "f1", one.f1, one.f1_interval);
    put(out, "agreement", one.same, one.same_interval);
    out->end_object();
  }
  out->end_object().end_object();
}

}  // namespace

std::string to_markdown(const PerspectiveFigures& figures) {
  std::string text;
  const auto out = std::back_inserter(text);
  fmt::format_to(out,
                 "\n## Perspective API of 2018, {} rows, {}-fold cross-validated map\n\n"
                 "| attribute | threshold | positives | F1 (95 % interval) | same decision | "
                 "Pearson |\n|---|--:|--:|---|---|---|\n",
                 figures.rows, kPerspectiveFolds);
  for (const PerspectiveAttribute& attribute : figures.attributes) {
    for (const evaluation::Agreement& one : attribute.decisions) {
      const bool first = &one == &attribute.decisions.front();
      fmt::format_to(
          out, "| {} | {} | {} | {} | {} | {} |\n", first ? attribute.name : "", one.threshold,
          one.positives, with_interval(one.f1, one.f1_interval),
          with_interval(one.same, one.same_interval),
          first ? with_interval(attribute.correlation.pearson, attribute.correlation.interval)
                : "");
    }
  }
  return text;
}

std::string to_json(const PerspectiveFigures& figures) {
  std::string text;
  json::Writer out(&text);
  out.begin_object();
  out.key("rows").unsigned_integer(figures.rows);
  out.key("folds").unsigned_integer(kPerspectiveFolds);
  out.key("attributes").begin_object();
  for (const PerspectiveAttribute& attribute : figures.attributes) {
    out.key(attribute.name).begin_object();
    out.key("label").string(attribute.label);
    out.key("column").string(attribute.column);
    out.key("map").begin_object();
    put_points(&out, "x", attribute.map.x);
    put_points(&out, "y", attribute.map.y);
    out.end_object();
    put_fit(&out, attribute);
    out.end_object();
  }
  out.end_object().end_object();
  return text;
}

}  // namespace dss::app
