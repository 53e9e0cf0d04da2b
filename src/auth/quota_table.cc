#include "auth/quota_table.h"

#include <algorithm>
#include <bit>
#include <chrono>
#include <cmath>

namespace dss::auth {
namespace {

constexpr double kNanosecond = 1e-9;
// What an account may owe at most, so that one enormous text does not lock it out for a day.
constexpr double kMostDebtSeconds = 600;

std::int64_t nanoseconds(double seconds) {
  return static_cast<std::int64_t>(std::ceil(seconds / kNanosecond));
}

std::int64_t nanoseconds(base::SteadyTime time) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count();
}

/// Seconds in which an empty bucket fills up.
double window(const Rate& rate) { return rate.burst / rate.per_second; }

bool limited(const Rate& rate) { return rate.per_second > 0; }

}  // namespace

QuotaTable::QuotaTable(const Quota& quota, std::size_t accounts)
    : quota_(quota),
      sets_(std::bit_ceil(std::max<std::size_t>(2 * accounts / kWays, kLocks))),
      locks_(std::make_unique<std::array<std::mutex, kLocks>>()) {}

std::size_t QuotaTable::bytes() const {
  return sets_.size() * sizeof(Set) + sizeof *locks_ + sizeof *this;
}

// Accounts are digests or keyed hashes; the multiplication spreads the few that are not.
std::size_t QuotaTable::set_of(std::uint64_t account) const {
  const std::uint64_t mixed = account * 0x9E3779B97F4A7C15ULL;
  return static_cast<std::size_t>(mixed >> (64 - std::countr_zero(sets_.size())));
}

QuotaTable::Slot& QuotaTable::slot_of(Set* set, std::uint64_t account, std::int64_t now) {
  Slot* fullest = &set->front();
  const auto full_at = [](const Slot& slot) {
    return slot.account == 0 ? std::int64_t{-1}
                             : std::max(slot.requests_full, slot.characters_full);
  };
  for (Slot& slot : *set) {
    if (slot.account == account) return slot;
    if (full_at(slot) < full_at(*fullest)) fullest = &slot;
  }
  *fullest = {.account = account, .requests_full = now, .characters_full = now};
  return *fullest;
}

QuotaTable::Verdict QuotaTable::take(std::uint64_t account, base::SteadyTime time) {
  const std::int64_t now = nanoseconds(time);
  const std::size_t place = set_of(account);
  const std::lock_guard lock((*locks_)[place % kLocks]);
  Slot& slot = slot_of(&sets_[place], account, now);
  Verdict verdict;
  if (limited(quota_.characters)) {
    const std::int64_t over =
        std::max(slot.characters_full, now) - now - nanoseconds(window(quota_.characters));
    if (over >= 0)
      return {.allowed = false, .wait_seconds = static_cast<double>(over + 1) * kNanosecond};
  }
  if (!limited(quota_.requests)) return verdict;
  const double step = 1 / quota_.requests.per_second;
  const std::int64_t full = std::max(slot.requests_full, now);
  const std::int64_t after = full + nanoseconds(step);
  const std::int64_t latest = now + nanoseconds(window(quota_.requests));
  verdict.allowed = after <= latest;
  verdict.full_seconds = static_cast<double>((verdict.allowed ? after : full) - now) * kNanosecond;
  if (!verdict.allowed) {
    verdict.wait_seconds = static_cast<double>(after - latest) * kNanosecond;
    return verdict;
  }
  slot.requests_full = after;
  verdict.remaining = static_cast<std::uint32_t>(
      std::min(static_cast<double>(latest - after) * kNanosecond / step + 1e-6, 4e9));
  return verdict;
}

void QuotaTable::charge(std::uint64_t account, double characters, base::SteadyTime time) {
  if (!limited(quota_.characters)) return;
  const std::int64_t now = nanoseconds(time);
  const std::size_t place = set_of(account);
  const std::lock_guard lock((*locks_)[place % kLocks]);
  Slot& slot = slot_of(&sets_[place], account, now);
  const double most = window(quota_.characters) + kMostDebtSeconds;
  const double taken = std::min(characters / quota_.characters.per_second, most);
  slot.characters_full =
      std::min(std::max(slot.characters_full, now) + nanoseconds(taken), now + nanoseconds(most));
}

}  // namespace dss::auth
