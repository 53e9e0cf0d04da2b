#include "metrics/runtime_metrics.h"

#include <fmt/format.h>

namespace dss::metrics {
namespace {

std::string compiler() {
#if defined(__clang__)
  return fmt::format("clang {}.{}.{}", __clang_major__, __clang_minor__, __clang_patchlevel__);
#else
  return fmt::format("gcc {}.{}.{}", __GNUC__, __GNUC_MINOR__, __GNUC_PATCHLEVEL__);
#endif
}

void copy_at_scrape(Registry* registry, std::string_view family, std::function<double()> source) {
  const Value value = registry->value(family);
  if (!source) return;
  registry->on_scrape([value, source = std::move(source)] { value.set(source()); });
}

}  // namespace

void register_runtime_metrics(Registry* registry, const BuildInfo& build, RuntimeSources sources) {
  registry->value("dss_build_info", {compiler(), build.revision, build.version}).set(1);
  copy_at_scrape(registry, "dss_queue_depth", std::move(sources.queue_depth));
  copy_at_scrape(registry, "dss_queue_capacity", std::move(sources.queue_capacity));
  copy_at_scrape(registry, "dss_oldest_queued_seconds", std::move(sources.oldest_queued_seconds));
  copy_at_scrape(registry, "dss_workers", std::move(sources.workers));
  copy_at_scrape(registry, "dss_workers_busy", std::move(sources.workers_busy));
  copy_at_scrape(registry, "dss_feedback_queued", std::move(sources.feedback_queued));
  if (sources.log_lines_dropped) {
    copy_at_scrape(registry, "dss_log_lines_dropped_total",
                   [dropped = std::move(sources.log_lines_dropped)] {
                     return static_cast<double>(dropped());
                   });
  } else {
    copy_at_scrape(registry, "dss_log_lines_dropped_total", {});
  }
  copy_at_scrape(registry, "dss_metrics_series_dropped_total",
                 [registry] { return static_cast<double>(registry->dropped_series()); });
}

}  // namespace dss::metrics
