// What libpq will ask of the system for a URL: ports and files, for a sandbox.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dss::store {

struct PostgresReach {
  std::optional<std::vector<std::uint16_t>> ports;  ///< none: not known (a service file names them)
  std::vector<std::string> files;  ///< password file, certificates; files and folders, there or not
};

/// The value of a variable of the environment; none if it is not set.
using Variable = std::function<std::optional<std::string>(const char* name)>;

/// Reads hosts, ports and paths as libpq does (PostgreSQL 15 manual, 34.1.1.2 and 34.15).
[[nodiscard]] PostgresReach postgres_reach(std::string_view url, const Variable& variable);

}  // namespace dss::store
