#include "metrics/active_clients.h"

namespace dss::metrics {
namespace {

constexpr std::uint64_t kTimeBits = 24;
constexpr std::uint64_t kTimeMask = (std::uint64_t{1} << kTimeBits) - 1;
constexpr auto kTick = std::chrono::seconds(15);
constexpr std::uint64_t kWindowTicks = std::chrono::minutes(5) / kTick;

std::uint64_t hash_part(std::uint64_t entry) { return entry & ~kTimeMask; }

/// Whether the entry was seen within the window that ends in the tick `now`.
bool alive(std::uint64_t entry, std::uint64_t now) {
  return entry != 0 && ((now - entry) & kTimeMask) <= kWindowTicks;
}

}  // namespace

ActiveClients::ActiveClients(const base::Clock* clock)
    : clock_(clock), start_(clock->steady()), buckets_(new std::array<Bucket, kBuckets>) {}

std::uint64_t ActiveClients::now() const {
  return 1 + static_cast<std::uint64_t>((clock_->steady() - start_) / kTick);
}

void ActiveClients::seen(std::uint64_t client_hash) {
  auto& entries = (*buckets_)[client_hash % kBuckets].entries;
  const std::uint64_t tick = now();
  const Entry mine = hash_part(client_hash) | (tick & kTimeMask);
  for (;;) {
    std::atomic<Entry>* place = nullptr;
    Entry old = 0;
    for (auto& candidate : entries) {
      const Entry entry = candidate.load(std::memory_order_relaxed);
      if (entry == mine) return;
      const bool same = entry != 0 && hash_part(entry) == hash_part(mine);
      if (same || (place == nullptr && !alive(entry, tick))) {
        place = &candidate;
        old = entry;
      }
      if (same) break;
    }
    // A lost race means that another thread changed the bucket, perhaps for the same client: look
    // again.
    if (place == nullptr || place->compare_exchange_strong(old, mine, std::memory_order_relaxed))
      return;
  }
}

std::size_t ActiveClients::count() const {
  const std::uint64_t tick = now();
  std::size_t clients = 0;
  for (const Bucket& bucket : *buckets_) {
    for (const auto& entry : bucket.entries) {
      clients += alive(entry.load(std::memory_order_relaxed), tick) ? 1U : 0U;
    }
  }
  return clients;
}

}  // namespace dss::metrics
