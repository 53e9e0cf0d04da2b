#include "metrics/model_metrics.h"

namespace dss::metrics {

struct ModelMetrics::Slot {
  Histogram load_seconds;
  Counter failures;
  Value loaded;
  Value memory;
  /// Labels of the dss_model_info series shown now.
  struct Info {
    std::string format, sha256, version;
  };
  std::optional<Info> info;
};

ModelMetrics::ModelMetrics(Registry* registry, std::vector<std::string> model_types)
    : registry_(registry),
      types_(std::move(model_types)),
      reload_success_(registry->counter("dss_model_reloads_total", {"success"})),
      reload_failure_(registry->counter("dss_model_reloads_total", {"failure"})) {
  for (const std::string& type : types_) {
    slots_.push_back(std::make_unique<Slot>(
        Slot{.load_seconds = registry->histogram("model_load_seconds", {type}),
             .failures = registry->counter("dss_model_load_failures_total", {type}),
             .loaded = registry->value("dss_model_loaded", {type}),
             .memory = registry->value("dss_model_memory_bytes", {type}),
             .info = {}}));
  }
}

ModelMetrics::~ModelMetrics() = default;

void ModelMetrics::loaded(const LoadedModel& model) {
  const std::lock_guard lock(mutex_);
  Slot& slot = *slots_[model.model];
  const std::string& type = types_[model.model];
  if (slot.info) {
    registry_->show("dss_model_info",
                    {slot.info->format, type, slot.info->sha256, slot.info->version}, false);
  }
  slot.info = {std::string(model.format), std::string(model.sha256), std::string(model.version)};
  const Registry::Values labels = {model.format, type, model.sha256, model.version};
  registry_->value("dss_model_info", labels).set(1);
  registry_->show("dss_model_info", labels, true);
  slot.loaded.set(1);
  slot.memory.set(static_cast<double>(model.memory_bytes));
  registry_->writer().observe(slot.load_seconds, model.load_seconds);
}

void ModelMetrics::load_failed(std::size_t model) const {
  registry_->writer().add(slots_[model]->failures);
}

void ModelMetrics::reloaded(bool success) const {
  registry_->writer().add(success ? reload_success_ : reload_failure_);
}

}  // namespace dss::metrics
