#include "tokenizer/bucket_set.h"

#include <algorithm>

namespace dss::tokenizer {

void BucketSet::start_over(unsigned bits) {
  if (!finished_) finish();
  const std::size_t words = ((std::size_t{1} << bits) + 63) / 64;
  if (bitmap_.size() != words) bitmap_.assign(words, 0);
  size_ = 0;
  finished_ = false;
  buckets_ = std::uint64_t{1} << bits;
}

void BucketSet::finish() {
  if (size_ > bitmap_.size()) {
    std::ranges::fill(bitmap_, 0);
  } else {
    for (const std::uint32_t bucket : buckets()) bitmap_[bucket / 64] = 0;
  }
  finished_ = true;
}

void BucketSet::grow(std::size_t more) {
  members_.resize(std::max(members_.size() * 2, size_ + more));
}

}  // namespace dss::tokenizer
