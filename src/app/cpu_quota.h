// How many processors this process may really use: the affinity mask and the control group's CPU
// quota.
#pragma once

#include <optional>
#include <string>

namespace dss::app {

/// The tightest quota of the process's control group and its ancestors, in processors (1.5: 150 ms
/// in every 100 ms). Reads version 2 (`cpu.max`) and version 1 (`cpu.cfs_quota_us`). Nothing if
/// there is no limit or no control group.
///   proc_cgroup   path of `/proc/self/cgroup`
///   mount         where the hierarchy is mounted: `/sys/fs/cgroup`
[[nodiscard]] std::optional<double> cpu_quota(const std::string& proc_cgroup,
                                              const std::string& mount);

/// max(1, floor(quota)), at most the processors of the affinity mask: more threads than that would
/// only be stopped by the scheduler for the rest of each period.
[[nodiscard]] unsigned usable_processors();

}  // namespace dss::app
