// Numbers kept by other parts of the program, copied at each scrape.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "metrics/registry.h"

namespace dss::metrics {

/// Where the numbers come from. Called by a scrape, one at a time, from any thread; an empty one
/// leaves 0.
struct RuntimeSources {
  std::function<double()> queue_depth{};
  std::function<double()> queue_capacity{};
  std::function<double()> oldest_queued_seconds{};
  std::function<double()> workers{};
  std::function<double()> workers_busy{};
  std::function<double()> feedback_queued{};
  std::function<std::uint64_t()> log_lines_dropped{};
};

struct BuildInfo {
  std::string version{};
  std::string revision{};
};

/// Registers dss_build_info (with the compiler this room was built with) and what `sources` tell.
/// REQUIRES: what the sources use lives as long as anything scrapes the registry.
void register_runtime_metrics(Registry* registry, const BuildInfo& build, RuntimeSources sources);

}  // namespace dss::metrics
