#include "metrics/proc.h"

#include <charconv>
#include <fstream>
#include <limits>
#include <sstream>
#include <vector>

namespace dss::metrics {
namespace {

std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> out;
  for (;;) {
    const std::size_t begin = text.find_first_not_of(" \t\n");
    if (begin == std::string_view::npos) return out;
    text.remove_prefix(begin);
    const std::size_t end = std::min(text.find_first_of(" \t\n"), text.size());
    out.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

/// The rest of the line that starts with `key`.
std::optional<std::string_view> line_after(std::string_view text, std::string_view key) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    if (line.starts_with(key)) return line.substr(key.size());
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return std::nullopt;
}

std::optional<double> number_after(std::string_view text, std::string_view key) {
  const auto rest = line_after(text, key);
  if (!rest) return std::nullopt;
  const auto fields = words(*rest);
  return fields.empty() ? std::nullopt : number(fields[0]);
}

}  // namespace

std::optional<ProcessStatus> parse_stat(std::string_view text, double ticks_per_second,
                                        double page_bytes) {
  const std::size_t close = text.rfind(')');
  if (close == std::string_view::npos) return std::nullopt;
  const auto fields = words(text.substr(close + 1));
  if (fields.size() < 22) return std::nullopt;
  const auto user = number(fields[11]);
  const auto system = number(fields[12]);
  const auto start = number(fields[19]);
  const auto virtual_bytes = number(fields[20]);
  const auto pages = number(fields[21]);
  if (!user || !system || !start || !virtual_bytes || !pages) return std::nullopt;
  return ProcessStatus{.virtual_bytes = *virtual_bytes,
                       .resident_bytes = *pages * page_bytes,
                       .cpu_seconds = (*user + *system) / ticks_per_second,
                       .start_ticks = *start};
}

std::optional<double> parse_boot_time(std::string_view text) {
  return number_after(text, "btime ");
}

std::optional<double> parse_max_open_files(std::string_view text) {
  const auto rest = line_after(text, "Max open files");
  if (!rest) return std::nullopt;
  const auto fields = words(*rest);
  if (fields.empty()) return std::nullopt;
  return fields[0] == "unlimited" ? std::numeric_limits<double>::infinity() : number(fields[0]);
}

std::optional<CpuThrottling> parse_cpu_stat(std::string_view text) {
  const auto periods = number_after(text, "nr_periods ");
  const auto throttled = number_after(text, "nr_throttled ");
  const auto microseconds = number_after(text, "throttled_usec ");
  if (!periods || !throttled || !microseconds) return std::nullopt;
  return CpuThrottling{*periods, *throttled, *microseconds / 1e6};
}

std::optional<double> parse_pressure_seconds(std::string_view text) {
  const auto some = line_after(text, "some ");
  const std::size_t at = some ? some->find("total=") : std::string_view::npos;
  if (at == std::string_view::npos) return std::nullopt;
  const auto microseconds = number(some->substr(at + 6));
  return microseconds ? std::optional(*microseconds / 1e6) : std::nullopt;
}

std::optional<std::string> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::ostringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

}  // namespace dss::metrics
