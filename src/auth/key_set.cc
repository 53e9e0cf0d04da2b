#include "auth/key_set.h"

#include <algorithm>
#include <cstring>

#include "crypto/constant_time.h"

namespace dss::auth {
namespace {

// Longer ones are none of ours, and need not be hashed.
constexpr std::size_t kLongestSecret = 512;

std::uint64_t slot_of(const crypto::Sha256Digest& digest) {
  std::uint64_t slot = 0;
  std::memcpy(&slot, digest.data(), sizeof slot);
  return slot;
}

}  // namespace

KeySet::KeySet(const std::vector<Key>& keys) {
  entries_.reserve(keys.size());
  for (const Key& key : keys) {
    constexpr auto kNever = base::SystemTime::max();
    entries_.emplace(slot_of(key.digest), Entry{.digest = key.digest,
                                                .principal = {.roles = key.roles,
                                                              .tenant = tenant_of(key.tenant),
                                                              .account = account_of(key.id)},
                                                .ends = std::min(key.expires.value_or(kNever),
                                                                 key.revoked.value_or(kNever))});
  }
}

std::optional<Principal> KeySet::find(std::string_view secret, base::SystemTime now) const {
  if (secret.empty() || secret.size() > kLongestSecret) return std::nullopt;
  const crypto::Sha256Digest digest = crypto::sha256_digest(secret);
  const auto [first, last] = entries_.equal_range(slot_of(digest));
  for (auto at = first; at != last; ++at) {
    const Entry& entry = at->second;
    if (!crypto::equal_constant_time(crypto::bytes_of(entry.digest), crypto::bytes_of(digest))) {
      continue;
    }
    return now < entry.ends ? std::optional(entry.principal) : std::nullopt;
  }
  return std::nullopt;
}

std::size_t KeySet::usable(base::SystemTime now) const {
  return static_cast<std::size_t>(std::count_if(
      entries_.begin(), entries_.end(), [now](const auto& one) { return now < one.second.ends; }));
}

}  // namespace dss::auth
