// The distinct buckets of one text.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace dss::tokenizer {

/// Buckets in order of first appearance, and a bitmap of all buckets that says which are among
/// them: whether an n-gram is new cannot be predicted, so it is asked without a branch. Memory: one
/// bit a bucket and the longest text seen. Not thread-safe.
class BucketSet {
 public:
  /// Empties the set, for buckets below `2^bits`. Costs no more than what was in it.
  void start_over(unsigned bits);

  /// Nothing more will be added before the next start_over(): cleaning up now, while the bitmap is
  /// in the cache, is cheaper than then.
  void finish();

  /// Adds the bucket `hash >> (32 - bits)` of every hash, and calls `each(bucket)` for every one,
  /// new or not.
  template <typename Each>
  void add(std::span<const std::uint32_t> hashes, Each each) {
    if (members_.size() - size_ < hashes.size()) grow(hashes.size());
    std::uint64_t* const bitmap = bitmap_.data();
    std::uint32_t* end = members_.data() + size_;
    const std::uint64_t buckets = buckets_;
    for (const std::uint32_t hash : hashes) {
      const auto bucket = static_cast<std::uint32_t>((hash * buckets) >> 32);
      each(bucket);
      std::uint64_t& word = bitmap[bucket / 64];
      const std::uint64_t bit = kBit[bucket % 64];
      *end = bucket;
      end += (word & bit) == 0 ? 1 : 0;
      word |= bit;
    }
    size_ = static_cast<std::size_t>(end - members_.data());
  }

  /// Until the next change.
  [[nodiscard]] std::span<const std::uint32_t> buckets() const { return {members_.data(), size_}; }

 private:
  // Multiplying and looking up are quicker than shifting by a number that is not known beforehand.
  static constexpr auto kBit = [] {
    std::array<std::uint64_t, 64> bits{};
    for (std::size_t i = 0; i < bits.size(); ++i) bits[i] = std::uint64_t{1} << i;
    return bits;
  }();

  void grow(std::size_t more);

  std::vector<std::uint64_t> bitmap_;
  std::vector<std::uint32_t> members_;  // the first size_; behind them is room
  std::size_t size_ = 0;
  bool finished_ = true;  // the bitmap is empty
  std::uint64_t buckets_ = 1;
};

}  // namespace dss::tokenizer
