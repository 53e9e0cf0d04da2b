#include "app/cpu_quota.h"

#include <sched.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <thread>

namespace dss::app {
namespace {

std::optional<double> tighter(std::optional<double> a, std::optional<double> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

std::optional<double> ratio(double quota, double period) {
  if (quota <= 0 || period <= 0) return std::nullopt;
  return quota / period;
}

std::optional<double> read_number(const std::string& path) {
  std::ifstream in(path);
  double value = 0;
  if (in >> value) return value;
  return std::nullopt;
}

/// `cpu.max` holds `QUOTA PERIOD` or `max PERIOD`.
std::optional<double> quota_v2(const std::string& directory) {
  std::ifstream in(directory + "/cpu.max");
  double quota = 0;
  double period = 0;
  if (!(in >> quota >> period)) return std::nullopt;
  return ratio(quota, period);
}

std::optional<double> quota_v1(const std::string& directory) {
  const auto quota = read_number(directory + "/cpu.cfs_quota_us");
  const auto period = read_number(directory + "/cpu.cfs_period_us");
  if (!quota || !period) return std::nullopt;
  return ratio(*quota, *period);
}

/// The quota of `path` below `root` and of everything above it. Inside a container the mount itself
/// is the group, and `path` may not exist: the walk still ends at the root.
std::optional<double> walk_up(const std::string& root, std::string path,
                              std::optional<double> (*read)(const std::string&)) {
  std::optional<double> tightest = read(root);
  while (path.size() > 1) {
    tightest = tighter(tightest, read(root + path));
    path.resize(path.rfind('/'));
  }
  return tightest;
}

bool names_cpu(const std::string& controllers) {
  return ("," + controllers + ",").find(",cpu,") != std::string::npos;
}

unsigned affinity_processors() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof set, &set) == 0) return static_cast<unsigned>(CPU_COUNT(&set));
  return std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace

std::optional<double> cpu_quota(const std::string& proc_cgroup, const std::string& mount) {
  std::ifstream in(proc_cgroup);
  std::optional<double> tightest;
  for (std::string line; std::getline(in, line);) {
    std::istringstream fields(line);  // hierarchy id : controllers : path
    std::string id;
    std::string controllers;
    std::string path;
    std::getline(fields, id, ':');
    std::getline(fields, controllers, ':');
    std::getline(fields, path);
    if (path.empty() || path.front() != '/') continue;
    if (controllers.empty()) {
      tightest = tighter(tightest, walk_up(mount, path, quota_v2));
    } else if (names_cpu(controllers)) {
      std::string joint = mount;
      joint += '/';
      joint += controllers;
      tightest = tighter(tightest, walk_up(joint, path, quota_v1));
      tightest = tighter(tightest, walk_up(mount + "/cpu", path, quota_v1));
    }
  }
  return tightest;
}

unsigned usable_processors() {
  const unsigned allowed = std::max(1U, affinity_processors());
  const auto quota = cpu_quota("/proc/self/cgroup", "/sys/fs/cgroup");
  if (!quota || *quota >= allowed) return allowed;
  return std::max(1U, static_cast<unsigned>(*quota));
}

}  // namespace dss::app
