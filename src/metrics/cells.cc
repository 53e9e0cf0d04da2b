#include "metrics/cells.h"

namespace dss::metrics {
namespace {

/// The shards that one thread holds. A set whose registry is gone is let go of at the next miss.
class Loans {
 public:
  ~Loans() {
    for (const Loan& loan : loans_) loan.set->give_back(loan.shard);
  }
  Shard* shard_of(const std::shared_ptr<ShardSet>& set) {
    for (const Loan& loan : loans_) {
      if (loan.set == set) return loan.shard;
    }
    std::erase_if(loans_, [](const Loan& loan) { return loan.set.use_count() == 1; });
    loans_.push_back({set, set->borrow()});
    return loans_.back().shard;
  }

 private:
  struct Loan {
    std::shared_ptr<ShardSet> set;
    Shard* shard;
  };
  std::vector<Loan> loans_;
};

}  // namespace

Shard::~Shard() {
  for (auto& chunk : chunks_) delete chunk.load(std::memory_order_relaxed);
}

Shard::Chunk* Shard::grow(std::size_t chunk_index) {
  auto* chunk = new Chunk;
  chunks_[chunk_index].store(chunk, std::memory_order_release);
  return chunk;
}

Shard* ShardSet::borrow() {
  const std::lock_guard lock(mutex_);
  if (idle_.empty()) return shards_.emplace_back(std::make_unique<Shard>()).get();
  Shard* shard = idle_.back();
  idle_.pop_back();
  return shard;
}

void ShardSet::give_back(Shard* shard) {
  const std::lock_guard lock(mutex_);
  idle_.push_back(shard);
}

std::vector<const Shard*> ShardSet::all() const {
  const std::lock_guard lock(mutex_);
  std::vector<const Shard*> out;
  out.reserve(shards_.size());
  for (const auto& shard : shards_) out.push_back(shard.get());
  return out;
}

Shard* local_shard(const std::shared_ptr<ShardSet>& set) {
  thread_local Loans loans;
  return loans.shard_of(set);
}

}  // namespace dss::metrics
