// The memory of counters: one shard of 64-bit cells per writing thread, summed by whoever reads.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace dss::metrics {

using CellIndex = std::uint32_t;

/// Cells of one thread. Thread rule: one thread at a time writes, through own(); any thread reads.
/// Cells lie in chunks that are made when first written and start on a cache line of their own, so
/// that threads never share a line.
class Shard {
 public:
  static constexpr std::size_t kChunkCells = 512;
  static constexpr std::size_t kMaxChunks = 256;
  static constexpr CellIndex kMaxCells = kChunkCells * kMaxChunks;

  Shard() = default;
  ~Shard();
  Shard(const Shard&) = delete;
  Shard& operator=(const Shard&) = delete;

  /// REQUIRES: the caller is the writing thread; index < kMaxCells.
  std::atomic<std::uint64_t>& own(CellIndex index) {
    Chunk* chunk = chunks_[index / kChunkCells].load(std::memory_order_relaxed);
    if (chunk == nullptr) [[unlikely]] {
      chunk = grow(index / kChunkCells);
    }
    return chunk->cells[index % kChunkCells];
  }
  /// 0 for a cell never written.
  [[nodiscard]] std::uint64_t read(CellIndex index) const {
    const Chunk* chunk = chunks_[index / kChunkCells].load(std::memory_order_acquire);
    return chunk == nullptr ? 0 : chunk->cells[index % kChunkCells].load(std::memory_order_relaxed);
  }

 private:
  struct alignas(64) Chunk {
    std::array<std::atomic<std::uint64_t>, kChunkCells> cells{};
  };
  Chunk* grow(std::size_t chunk_index);

  std::array<std::atomic<Chunk*>, kMaxChunks> chunks_{};
};

/// All shards of one registry. Thread-safe. A shard outlives the thread that wrote it (its counts
/// stay) and is lent to the next thread that comes.
class ShardSet {
 public:
  [[nodiscard]] Shard* borrow();
  void give_back(Shard* shard);
  /// The shards that exist now; they live as long as this object.
  [[nodiscard]] std::vector<const Shard*> all() const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::unique_ptr<Shard>> shards_;
  std::vector<Shard*> idle_;
};

/// The calling thread's shard of `set`, borrowed at the first call and given back when the thread
/// ends.
[[nodiscard]] Shard* local_shard(const std::shared_ptr<ShardSet>& set);

}  // namespace dss::metrics
