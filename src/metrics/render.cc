#include "metrics/render.h"

#include <fmt/format.h>

#include <limits>
#include <utility>

#include "metrics/escape.h"
#include "metrics/number.h"

namespace dss::metrics {
namespace {

constexpr std::string_view kTotal = "_total";

/// A counter's name without `_total`; other names as they are.
std::string_view base_name(const Spec& spec) {
  std::string_view name = spec.name;
  if (spec.type == Type::kCounter && name.ends_with(kTotal)) name.remove_suffix(kTotal.size());
  return name;
}

/// The unit that the name ends in, or nothing.
std::string_view unit_of(std::string_view name) {
  for (const std::string_view unit : {"seconds", "bytes", "ratio"}) {
    if (name.size() > unit.size() && name.ends_with(unit) &&
        name[name.size() - unit.size() - 1] == '_') {
      return unit;
    }
  }
  return {};
}

bool has_exemplar(const Exemplar& exemplar) {
  return exemplar.trace_id != decltype(exemplar.trace_id){};
}

class Renderer {
 public:
  explicit Renderer(const RenderOptions& options) : options_(options) {}

  void family(const FamilySnapshot& family) {
    const Spec& spec = family.spec;
    metadata(spec);
    for (const SeriesSnapshot& series : family.series) {
      samples(spec, series);
      if (open_metrics() && has_created(spec)) created(spec, series);
    }
    if (!open_metrics() && has_created(spec) && !family.series.empty()) created_family(family);
  }
  std::string finish() {
    if (open_metrics()) out_ += "# EOF\n";
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool open_metrics() const { return options_.format == Format::kOpenMetrics100; }
  [[nodiscard]] bool has_created(const Spec& spec) const {
    return options_.created && spec.type != Type::kGauge;
  }

  void metadata(const Spec& spec) {
    if (!open_metrics()) {
      help(spec.name, escape_help(spec.help));
      type(spec.name, type_name(spec.type));
      return;
    }
    const std::string_view name = base_name(spec);
    type(name, type_name(spec.type));
    if (const auto unit = unit_of(name); !unit.empty())
      out_ += fmt::format("# UNIT {} {}\n", name, unit);
    help(name, escape_quoted(spec.help));
  }
  void help(std::string_view name, std::string_view text) {
    out_ += fmt::format("# HELP {} {}\n", name, text);
  }
  void type(std::string_view name, std::string_view type) {
    out_ += fmt::format("# TYPE {} {}\n", name, type);
  }

  void samples(const Spec& spec, const SeriesSnapshot& series) {
    if (spec.type == Type::kHistogram) {
      buckets(spec, series);
    } else if (spec.type != Type::kSummary) {
      sample(spec.name, "", *series.labels, series.value);
      return;
    }
    sample(spec.name, "_count", *series.labels, static_cast<double>(series.count));
    sample(spec.name, "_sum", *series.labels, series.sum);
  }
  void buckets(const Spec& spec, const SeriesSnapshot& series) {
    std::uint64_t cumulative = 0;
    for (std::size_t i = 0; i < series.buckets.size(); ++i) {
      cumulative += series.buckets[i];
      const double bound =
          i < spec.bounds.size() ? spec.bounds[i] : std::numeric_limits<double>::infinity();
      out_.append(spec.name).append("_bucket");
      labels(*series.labels, &bound);
      out_ += ' ';
      append_number(static_cast<double>(cumulative), &out_);
      if (open_metrics() && i < series.exemplars.size()) exemplar(series.exemplars[i]);
      out_ += '\n';
    }
  }
  void exemplar(const Exemplar& exemplar) {
    if (!has_exemplar(exemplar)) return;
    out_ += fmt::format(" # {{trace_id=\"{:02x}\"}} {} {:.3f}", fmt::join(exemplar.trace_id, ""),
                        format_number(exemplar.value), exemplar.timestamp_seconds);
  }
  void created(const Spec& spec, const SeriesSnapshot& series) {
    sample(base_name(spec), "_created", *series.labels, series.created_seconds);
  }
  /// Text format 0.0.4 knows no `_created`: it is a gauge family of its own behind the one it
  /// belongs to.
  void created_family(const FamilySnapshot& family) {
    const std::string name = std::string(base_name(family.spec)) + "_created";
    help(name, escape_help(family.spec.help));
    type(name, "gauge");
    for (const SeriesSnapshot& series : family.series) created(family.spec, series);
  }

  void sample(std::string_view name, std::string_view suffix, const LabelText& text, double value) {
    out_.append(name).append(suffix);
    labels(text, nullptr);
    out_ += ' ';
    append_number(value, &out_);
    out_ += '\n';
  }
  void labels(const LabelText& text, const double* bound) {
    if (text.before_le.empty() && text.after_le.empty() && bound == nullptr) return;
    char separator = '{';
    const auto part = [&](std::string_view label) {
      if (label.empty()) return;
      out_ += std::exchange(separator, ',');
      out_ += label;
    };
    part(text.before_le);
    if (bound != nullptr) {
      part("le=\"");
      append_number(*bound, &out_);
      out_ += '"';
    }
    part(text.after_le);
    out_ += '}';
  }

  RenderOptions options_;
  std::string out_;
};

}  // namespace

std::string_view type_name(Type type) {
  switch (type) {
    case Type::kCounter:
      return "counter";
    case Type::kGauge:
      return "gauge";
    case Type::kHistogram:
      return "histogram";
    case Type::kSummary:
      return "summary";
  }
  return "unknown";
}

std::string_view content_type(Format format) {
  return format == Format::kText004 ? "text/plain; version=0.0.4; charset=utf-8"
                                    : "application/openmetrics-text; version=1.0.0; charset=utf-8";
}

std::string render(std::span<const FamilySnapshot> families, const RenderOptions& options) {
  Renderer renderer(options);
  for (const FamilySnapshot& family : families) renderer.family(family);
  return renderer.finish();
}

}  // namespace dss::metrics
