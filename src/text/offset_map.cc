#include "text/offset_map.h"

#include <algorithm>

namespace dss::text {

void OffsetMap::clear() {
  stretches_.clear();
  size_ = 0;
}

void OffsetMap::append_copied(std::size_t length, std::size_t original) {
  const bool continues = !stretches_.empty() && stretches_.back().length == 0 &&
                         stretches_.back().begin + (size_ - stretches_.back().at) == original;
  if (!continues) stretches_.push_back({size_, original, 0});
  size_ += length;
}

void OffsetMap::append_replaced(std::size_t length, std::size_t begin, std::size_t end) {
  if (length == 0) return;
  stretches_.push_back({size_, begin, std::max<std::size_t>(end - begin, 1)});
  size_ += length;
}

const OffsetMap::Stretch& OffsetMap::stretch_of(std::size_t offset) const {
  const auto after = std::upper_bound(
      stretches_.begin(), stretches_.end(), offset,
      [](std::size_t value, const Stretch& stretch) { return value < stretch.at; });
  return *std::prev(after);
}

std::size_t OffsetMap::begin_of(std::size_t offset) const {
  const Stretch& stretch = stretch_of(offset);
  return stretch.length == 0 ? stretch.begin + (offset - stretch.at) : stretch.begin;
}

std::size_t OffsetMap::end_of(std::size_t offset) const {
  const Stretch& stretch = stretch_of(offset);
  return stretch.length == 0 ? stretch.begin + (offset - stretch.at) + 1
                             : stretch.begin + stretch.length;
}

}  // namespace dss::text
