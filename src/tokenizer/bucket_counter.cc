#include "tokenizer/bucket_counter.h"

namespace dss::tokenizer {

void BucketCounter::rehash(std::size_t slots) {
  slots_.assign(slots, Slot{});
  mask_ = slots - 1;
  stamp_ = 1;
  for (std::size_t index = 0; index < buckets_.size(); ++index) {
    std::size_t at = buckets_[index] & mask_;
    while (slots_[at].stamp == stamp_) at = (at + 1) & mask_;
    slots_[at] = {stamp_, static_cast<std::uint32_t>(index)};
  }
}

}  // namespace dss::tokenizer
