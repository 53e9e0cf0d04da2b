#include "batching/fair_share.h"

namespace dss::batching {

bool FairShare::enter(std::uint64_t account, std::size_t amount) {
  if (account == 0) return true;
  const std::lock_guard lock(mutex_);
  const auto found = by_account_.find(account);
  const std::size_t mine = found == by_account_.end() ? 0 : found->second;
  const std::size_t free = held_ < capacity_ ? capacity_ - held_ : 0;
  if (mine > 0 && mine + amount > free) return false;
  by_account_[account] = mine + amount;
  held_ += amount;
  return true;
}

void FairShare::leave(std::uint64_t account, std::size_t amount) {
  if (account == 0) return;
  const std::lock_guard lock(mutex_);
  held_ -= amount;
  const auto found = by_account_.find(account);
  found->second -= amount;
  if (found->second == 0) by_account_.erase(found);
}

}  // namespace dss::batching
