// Counts how often each bucket of the hashed feature space was met in one text.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace dss::tokenizer {

/// A small open-addressing table whose slots carry the stamp of the text that wrote them, so that
/// starting over costs nothing. Grows with the longest text seen. Not thread-safe.
class BucketCounter {
 public:
  BucketCounter() { rehash(kFirstSlots); }

  void start_over() {
    buckets_.clear();
    counts_.clear();
    if (++stamp_ == 0) rehash(slots_.size());
  }

  /// Counts one more of `bucket`; its index among buckets().
  std::uint32_t add(std::uint32_t bucket) {
    for (std::size_t at = bucket & mask_;; at = (at + 1) & mask_) {
      Slot& slot = slots_[at];
      if (slot.stamp != stamp_) return insert(bucket, &slot);
      if (buckets_[slot.index] == bucket) {
        ++counts_[slot.index];
        return slot.index;
      }
    }
  }

  /// Index of `bucket` among buckets(). REQUIRES: it was added since the last start_over().
  [[nodiscard]] std::uint32_t index_of(std::uint32_t bucket) const {
    std::size_t at = bucket & mask_;
    while (buckets_[slots_[at].index] != bucket) at = (at + 1) & mask_;
    return slots_[at].index;
  }

  /// Buckets in order of first appearance, and how often each was added; until the next change.
  [[nodiscard]] std::span<const std::uint32_t> buckets() const { return buckets_; }
  [[nodiscard]] std::span<const std::uint32_t> counts() const { return counts_; }

 private:
  struct Slot {
    std::uint32_t stamp = 0;
    std::uint32_t index = 0;
  };
  static constexpr std::size_t kFirstSlots = 4096;

  std::uint32_t insert(std::uint32_t bucket, Slot* slot) {
    const auto index = static_cast<std::uint32_t>(buckets_.size());
    buckets_.push_back(bucket);
    counts_.push_back(1);
    *slot = {stamp_, index};
    if (buckets_.size() * 2 > slots_.size()) rehash(slots_.size() * 2);
    return index;
  }

  void rehash(std::size_t slots);

  std::vector<Slot> slots_;
  std::vector<std::uint32_t> buckets_;
  std::vector<std::uint32_t> counts_;
  std::size_t mask_ = 0;
  std::uint32_t stamp_ = 1;
};

}  // namespace dss::tokenizer
