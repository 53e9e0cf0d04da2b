// Readers of the kernel's text files about this process, its control group and the machine.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dss::metrics {

struct ProcessStatus {
  double virtual_bytes = 0;
  double resident_bytes = 0;
  double cpu_seconds = 0;
  double start_ticks = 0;  ///< clock ticks between the boot and the start
};

/// `/proc/PID/stat` (proc(5)); the command's name in it may hold blanks and parentheses.
[[nodiscard]] std::optional<ProcessStatus> parse_stat(std::string_view text,
                                                      double ticks_per_second, double page_bytes);
/// `btime` of `/proc/stat`: the boot, in seconds since the Unix epoch.
[[nodiscard]] std::optional<double> parse_boot_time(std::string_view text);
/// The soft limit in the line `Max open files` of `/proc/PID/limits`; infinity for `unlimited`.
[[nodiscard]] std::optional<double> parse_max_open_files(std::string_view text);

struct CpuThrottling {
  double periods = 0;
  double throttled_periods = 0;
  double throttled_seconds = 0;
};
/// `cpu.stat` of a control group, version 2, with the cpu controller on.
[[nodiscard]] std::optional<CpuThrottling> parse_cpu_stat(std::string_view text);
/// `total` of the line `some` in `/proc/pressure/cpu`, in seconds.
[[nodiscard]] std::optional<double> parse_pressure_seconds(std::string_view text);

/// The whole file, or nothing.
[[nodiscard]] std::optional<std::string> read_file(const std::string& path);

}  // namespace dss::metrics
