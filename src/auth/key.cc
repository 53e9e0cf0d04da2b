#include "auth/key.h"

#include <algorithm>
#include <utility>

#include "crypto/random.h"

namespace dss::auth {
namespace {

using base::ErrorKind;

constexpr std::string_view kPrefix = "dss_";
constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::size_t kIdBytes = 4;
constexpr std::size_t kSecretBytes = 20;
constexpr std::size_t kLongestName = 100;
constexpr std::size_t kLongestTenant = 64;

bool is_tenant_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
         c == '_' || c == '-';
}

}  // namespace

std::string fault_of_name(std::string_view name) {
  if (name.empty() || name.size() > kLongestName) return "a name has 1 to 100 bytes";
  const auto control = [](char c) { return (c & 0xE0) == 0 || c == 0x7F; };
  if (std::any_of(name.begin(), name.end(), control)) return "a name has no control characters";
  if (name.front() == ' ' || name.back() == ' ') return "a name has no spaces around it";
  return {};
}

std::string fault_of_tenant(std::string_view tenant) {
  if (tenant.size() <= kLongestTenant &&
      std::all_of(tenant.begin(), tenant.end(), is_tenant_character)) {
    return {};
  }
  return "a tenant has up to 64 of the characters A-Z a-z 0-9 . _ -";
}

bool is_key_id(std::string_view id) {
  return id.size() == kPrefix.size() + 2 * kIdBytes && id.starts_with(kPrefix) &&
         id.find_first_not_of(kHexDigits, kPrefix.size()) == id.npos;
}

base::Result<NewKey> make_key(KeyOrder order) {
  std::string fault = fault_of_name(order.name);
  if (fault.empty()) fault = fault_of_tenant(order.tenant);
  if (fault.empty() && order.roles.empty()) fault = "a key needs a role";
  if (fault.empty() && order.expires && *order.expires <= order.created) {
    fault = "the key would have expired already";
  }
  if (!fault.empty()) return base::fail(ErrorKind::kInvalidArgument, std::move(fault));
  NewKey made;
  made.key = {.id = std::string(kPrefix) + crypto::random_hex(kIdBytes),
              .name = std::move(order.name),
              .roles = order.roles,
              .tenant = std::move(order.tenant),
              .created = order.created,
              .expires = order.expires};
  made.secret = made.key.id + "_" + crypto::random_hex(kSecretBytes);
  made.key.digest = crypto::sha256_digest(made.secret);
  return made;
}

}  // namespace dss::auth
