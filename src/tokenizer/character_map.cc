#include "tokenizer/character_map.h"

namespace dss::tokenizer {

CharacterMap::CharacterMap(std::uint16_t common) : common_(common) {
  for (std::uint16_t value = 0; value < common; ++value)
    values_.insert(values_.end(), kBlock, value);
}

void CharacterMap::set(char32_t code_point, std::uint16_t value) {
  std::uint16_t& block = blocks_[code_point / kBlock];
  if (block < common_) {
    const std::uint16_t shared = block;
    block = static_cast<std::uint16_t>(values_.size() / kBlock);
    values_.insert(values_.end(), kBlock, shared);
  }
  values_[block * kBlock + code_point % kBlock] = value;
}

void CharacterMap::set_range(char32_t first, char32_t last, std::uint16_t value) {
  for (char32_t c = first; c <= last;) {
    if (c % kBlock == 0 && last - c >= kBlock - 1) {
      blocks_[c / kBlock] = value;
      c += kBlock;
    } else {
      set(c++, value);
    }
  }
}

}  // namespace dss::tokenizer
