#include "api/stats.h"

namespace dss::api {
namespace {

std::size_t thread_number() {
  static std::atomic<std::size_t> next{0};
  static thread_local const std::size_t number = next.fetch_add(1, std::memory_order_relaxed);
  return number;
}

void add(std::atomic<std::uint64_t>* counter, std::uint64_t amount) {
  counter->fetch_add(amount, std::memory_order_relaxed);
}

std::uint64_t read(const std::atomic<std::uint64_t>& counter) {
  return counter.load(std::memory_order_relaxed);
}

}  // namespace

Stats::Shard& Stats::own_shard() { return shards_[thread_number() % shards_.size()]; }

void Stats::scored(const Verdict& verdict) {
  Shard& shard = own_shard();
  add(&shard.score_sum, static_cast<std::uint64_t>(verdict.score));
  add(&shard.levels[static_cast<std::size_t>(verdict.level)], 1);
}

void Stats::refused(Refusal refusal) {
  add(&own_shard().refusals[static_cast<std::size_t>(refusal)], 1);
}

StatsSnapshot Stats::snapshot() const {
  StatsSnapshot sum;
  for (const Shard& shard : shards_) {
    sum.score_sum += read(shard.score_sum);
    for (std::size_t i = 0; i < kLevelCount; ++i) sum.levels[i] += read(shard.levels[i]);
    for (std::size_t i = 0; i < sum.refusals.size(); ++i)
      sum.refusals[i] += read(shard.refusals[i]);
  }
  for (const std::uint64_t level : sum.levels) sum.scored += level;
  return sum;
}

}  // namespace dss::api
