// What BERT makes of each code point, put together from data/bert_characters.txt for one choice of
// options.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "tokenizer/character_map.h"

namespace dss::tokenizer {

/// One code point of the normalised text.
struct BertOutput {
  char32_t code_point = 0;
  /// Rank of the canonical combining class among the classes; 0 for starters and where no text is
  /// decomposed.
  std::uint8_t combining_rank = 0;
  bool alone = false;  ///< a word of its own
};

/// The same as Hugging Face's BertNormalizer (clean_text, handle_chinese_chars) followed by
/// BertPreTokenizer, one code point at a time. Reading is safe from many threads.
class BertCharacters {
 public:
  /// What happens to a code point; from kFirstRewrite on, its rewriting is asked for by number.
  enum Action : std::uint16_t {
    kKeep,    ///< a letter that stays as it is
    kRemove,  ///< not there, for order neither
    kSpace,   ///< parts words
    kAlone,   ///< stays as it is, and is a word of its own
    kFirstRewrite,
  };

  BertCharacters(bool lower_case, bool strip_accents);

  [[nodiscard]] std::uint16_t action(char32_t code_point) const { return actions_[code_point]; }

  /// What takes the place of a code point: letters, or one that is alone, or nothing.
  /// REQUIRES: action >= kFirstRewrite.
  [[nodiscard]] std::span<const BertOutput> rewriting(std::uint16_t action) const {
    const Extent extent = extents_[action - kFirstRewrite];
    return std::span(outputs_).subspan(extent.begin, extent.size);
  }

 private:
  struct Extent {
    std::uint32_t begin = 0;
    std::uint32_t size = 0;
  };
  class Builder;

  CharacterMap actions_{kFirstRewrite};
  std::vector<Extent> extents_;
  std::vector<BertOutput> outputs_;
};

}  // namespace dss::tokenizer
