#include "auth/principal.h"

#include <algorithm>
#include <cstring>

#include "crypto/sha256_digest.h"

namespace dss::auth {

Tenant tenant_of(std::string_view name) {
  Tenant tenant{};
  if (name.empty()) return tenant;
  const crypto::Sha256Digest digest = crypto::sha256_digest(name);
  std::copy_n(digest.begin(), tenant.size(), tenant.begin());
  return tenant;
}

std::uint64_t account_of(std::string_view name) {
  std::uint64_t account = 0;
  std::memcpy(&account, crypto::sha256_digest(name).data(), sizeof account);
  return std::max<std::uint64_t>(account, 1);
}

}  // namespace dss::auth
