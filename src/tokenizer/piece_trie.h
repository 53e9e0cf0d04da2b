// The longest piece of a vocabulary that begins at a place in a word.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace dss::tokenizer {

/// A trie of bytes in one array (a double array whose second half is a byte: Aoe 1989; Yata 2007):
/// the child of a node by byte `b` stands at `base ^ b`, and is one if its label is `b`, because no
/// two nodes have the same base. Immutable; reading is safe from many threads.
class PieceTrie {
 public:
  struct Entry {
    std::string_view piece;
    std::uint32_t id = 0;
    bool continues = false;  ///< stands behind another piece of the same word
  };
  struct Match {
    std::size_t size = 0;  ///< in bytes; 0 if no piece fits
    std::uint32_t id = 0;
  };

  /// kCorrupt if two pieces of one kind are the same, kTooLarge above 16 million nodes.
  /// REQUIRES: pieces are neither empty nor hold U+0000.
  [[nodiscard]] static base::Result<PieceTrie> build(std::vector<Entry> entries);

  /// The longest piece of that kind with which `word` begins. REQUIRES: no U+0000 in `word`.
  [[nodiscard]] Match longest(std::string_view word, bool continues) const {
    std::uint32_t base = continues ? continuing_base_ : base_;
    Match best;
    for (std::size_t i = 0; i < word.size(); ++i) {
      const std::uint32_t label = static_cast<unsigned char>(word[i]);
      const Slot slot = slots_[base ^ label];
      if (slot.label != label) break;
      if (slot.id != kNoPiece) best = {i + 1, slot.id};
      base = slot.base;
    }
    return best;
  }

 private:
  class Builder;
  struct Slot {
    std::uint32_t base : 24 = 0;  // 0: no children
    std::uint32_t label : 8 = 0;  // 0: free, or the root of the continuing pieces
    std::uint32_t id = kNoPiece;
  };
  static constexpr std::uint32_t kNoPiece = 0xFFFFFFFF;

  PieceTrie() = default;

  std::vector<Slot> slots_;
  std::uint32_t base_ = 0;
  std::uint32_t continuing_base_ = 0;
};

}  // namespace dss::tokenizer
