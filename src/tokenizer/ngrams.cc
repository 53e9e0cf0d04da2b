#include "tokenizer/ngrams.h"

#include <algorithm>

namespace dss::tokenizer {

void NgramWalker::pad(std::string_view word) {
  constexpr std::size_t kRoom = 8;
  padded_.resize(word.size() + 2 + kRoom);
  padded_[0] = ' ';
  std::memcpy(padded_.data() + 1, word.data(), word.size());
  padded_[word.size() + 1] = ' ';
}

void NgramWalker::join(std::string_view word) {
  if (joined_.size() > kLongestCompound) return;
  const std::size_t before = joined_.size();
  joined_ += word;
  if (word.find('*') == std::string_view::npos) return;
  masked_ = true;
  joined_.erase(
      std::remove(joined_.begin() + static_cast<std::ptrdiff_t>(before), joined_.end(), '*'),
      joined_.end());
}

}  // namespace dss::tokenizer
