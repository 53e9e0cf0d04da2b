// Models as the operator sees them: which are loaded, how long that took, what failed.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/registry.h"

namespace dss::metrics {

/// A model that was loaded.
struct LoadedModel {
  std::size_t model = 0;  ///< index into the model types
  std::string_view version{};
  std::string_view sha256{};
  std::string_view format{};
  double load_seconds = 0;
  std::uint64_t memory_bytes = 0;
};

/// Thread-safe.
class ModelMetrics {
 public:
  ModelMetrics(Registry* registry, std::vector<std::string> model_types);
  ~ModelMetrics();

  /// Replaces what was shown of an earlier model in that place.
  void loaded(const LoadedModel& model);
  void load_failed(std::size_t model) const;
  void reloaded(bool success) const;

 private:
  struct Slot;
  Registry* registry_;
  std::vector<std::string> types_;
  std::mutex mutex_;  ///< guards which model each slot shows
  std::vector<std::unique_ptr<Slot>> slots_;
  Counter reload_success_;
  Counter reload_failure_;
};

}  // namespace dss::metrics
