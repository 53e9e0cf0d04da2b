#include "metrics/process_metrics.h"

#include <malloc.h>
#include <unistd.h>

#include <filesystem>

#include "metrics/proc.h"

namespace dss::metrics {
namespace {

double ticks_per_second() { return static_cast<double>(sysconf(_SC_CLK_TCK)); }

/// The descriptor that lists the folder is not counted.
std::optional<double> count_open_files(const std::string& folder) {
  std::error_code error;
  std::filesystem::directory_iterator entry(folder, error);
  if (error) return std::nullopt;
  double count = -1;
  while (!error && entry != std::filesystem::directory_iterator()) {
    ++count;
    entry.increment(error);
  }
  return count;
}

void register_status(Registry* registry, const ProcessFiles& files) {
  const std::string path = files.proc + "/self/stat";
  const auto boot = parse_boot_time(read_file(files.proc + "/stat").value_or(""));
  const auto read = [path] {
    return parse_stat(read_file(path).value_or(""), ticks_per_second(),
                      static_cast<double>(sysconf(_SC_PAGESIZE)));
  };
  const auto first = read();
  if (!first) return;
  if (boot) {
    registry->value("process_start_time_seconds")
        .set(*boot + first->start_ticks / ticks_per_second());
  }
  const Value virtual_bytes = registry->value("process_virtual_memory_bytes");
  const Value resident_bytes = registry->value("process_resident_memory_bytes");
  const Value cpu_seconds = registry->value("process_cpu_seconds_total");
  registry->on_scrape([=] {
    const auto status = read();
    if (!status) return;
    virtual_bytes.set(status->virtual_bytes);
    resident_bytes.set(status->resident_bytes);
    cpu_seconds.set(status->cpu_seconds);
  });
}

void register_files(Registry* registry, const ProcessFiles& files) {
  const std::string folder = files.proc + "/self/fd";
  if (count_open_files(folder)) {
    const Value open = registry->value("process_open_fds");
    registry->on_scrape([=] {
      if (const auto count = count_open_files(folder)) open.set(*count);
    });
  }
  const std::string limits = files.proc + "/self/limits";
  if (parse_max_open_files(read_file(limits).value_or(""))) {
    const Value most = registry->value("process_max_fds");
    registry->on_scrape([=] {
      if (const auto max = parse_max_open_files(read_file(limits).value_or(""))) most.set(*max);
    });
  }
}

void register_throttling(Registry* registry, const ProcessFiles& files) {
  const std::string path = files.cgroup + "/cpu.stat";
  if (!parse_cpu_stat(read_file(path).value_or(""))) return;
  const Value throttled = registry->value("dss_cgroup_periods_total", {"true"});
  const Value free = registry->value("dss_cgroup_periods_total", {"false"});
  const Value seconds = registry->value("dss_cgroup_throttled_seconds_total");
  registry->on_scrape([=] {
    const auto now = parse_cpu_stat(read_file(path).value_or(""));
    if (!now) return;
    throttled.set(now->throttled_periods);
    free.set(now->periods - now->throttled_periods);
    seconds.set(now->throttled_seconds);
  });
}

void register_pressure(Registry* registry, const ProcessFiles& files) {
  const std::string path = files.proc + "/pressure/cpu";
  if (!parse_pressure_seconds(read_file(path).value_or(""))) return;
  const Value waiting = registry->value("dss_cpu_pressure_waiting_seconds_total");
  registry->on_scrape([=] {
    if (const auto seconds = parse_pressure_seconds(read_file(path).value_or(""))) {
      waiting.set(*seconds);
    }
  });
}

/// The resident set also counts what the allocator keeps for later; this is what is in use.
void register_heap(Registry* registry) {
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 33)
  const Value allocated = registry->value("dss_heap_allocated_bytes");
  registry->on_scrape([=] {
    const struct mallinfo2 heap = mallinfo2();
    allocated.set(static_cast<double>(heap.uordblks + heap.hblkhd));
  });
#else
  (void)registry;
#endif
}

}  // namespace

void register_process_metrics(Registry* registry, const ProcessFiles& files) {
  register_status(registry, files);
  register_heap(registry);
  register_files(registry, files);
  register_throttling(registry, files);
  register_pressure(registry, files);
}

}  // namespace dss::metrics
