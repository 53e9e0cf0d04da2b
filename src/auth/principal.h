// Who asks, once a key or a token has said so.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "auth/role.h"

namespace dss::auth {

/// Stands for a tenant's name: the first half of its SHA-256; zero for the tenant without a name.
using Tenant = std::array<std::uint8_t, 16>;
[[nodiscard]] Tenant tenant_of(std::string_view name);

/// The tenant's bytes; empty for the one without a name.
[[nodiscard]] inline std::string_view bytes_of(const Tenant& tenant) {
  if (tenant == Tenant{}) return {};
  return {reinterpret_cast<const char*>(tenant.data()), tenant.size()};
}

struct Principal {
  Roles roles{};
  Tenant tenant{};
  /// Quotas are kept by it: equal for equal keys (or subjects of tokens), never 0.
  std::uint64_t account = 1;
};

/// A number for a name; never 0.
[[nodiscard]] std::uint64_t account_of(std::string_view name);

}  // namespace dss::auth
