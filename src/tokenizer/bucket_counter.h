// Counts how often each bucket of the hashed feature space was met in one text.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace dss::tokenizer {

struct BucketCount {
  std::uint32_t bucket = 0;
  std::uint32_t count = 0;
};

/// A small open-addressing table whose slots carry the stamp of the text that wrote them, so that
/// starting over costs nothing. Grows with the longest text seen. Not thread-safe.
class BucketCounter {
 public:
  BucketCounter() { rehash(kFirstSlots); }

  void start_over() {
    counts_.clear();
    if (++stamp_ == 0) rehash(slots_.size());
  }

  /// Counts one more of `bucket`; its index among counts(), in order of first appearance.
  std::uint32_t add(std::uint32_t bucket) {
    for (std::size_t at = bucket & mask_;; at = (at + 1) & mask_) {
      Slot& slot = slots_[at];
      if (slot.stamp != stamp_) return insert(bucket, &slot);
      if (counts_[slot.index].bucket == bucket) {
        ++counts_[slot.index].count;
        return slot.index;
      }
    }
  }

  /// Buckets in order of first appearance, until start_over().
  [[nodiscard]] std::span<const BucketCount> counts() const { return counts_; }

 private:
  struct Slot {
    std::uint32_t stamp = 0;
    std::uint32_t index = 0;
  };
  static constexpr std::size_t kFirstSlots = 4096;

  std::uint32_t insert(std::uint32_t bucket, Slot* slot) {
    const auto index = static_cast<std::uint32_t>(counts_.size());
    counts_.push_back({bucket, 1});
    *slot = {stamp_, index};
    if (counts_.size() * 2 > slots_.size()) rehash(slots_.size() * 2);
    return index;
  }

  void rehash(std::size_t slots);

  std::vector<Slot> slots_;
  std::vector<BucketCount> counts_;
  std::size_t mask_ = 0;
  std::uint32_t stamp_ = 1;
};

}  // namespace dss::tokenizer
