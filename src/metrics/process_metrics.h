// process_* as client_python exports them, and what the control group and the machine say about CPU
// time.
#pragma once

#include <string>

#include "metrics/registry.h"

namespace dss::metrics {

struct ProcessFiles {
  std::string proc = "/proc";
  std::string cgroup =
      "/sys/fs/cgroup";  ///< the control group's own folder, as a container sees it
};

/// Registers the families; their values are read at each scrape. What the kernel does not offer has
/// no series.
void register_process_metrics(Registry* registry, const ProcessFiles& files = {});

}  // namespace dss::metrics
