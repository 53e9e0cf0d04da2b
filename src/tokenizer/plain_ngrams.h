// The n-grams of a short plain text, all of its bytes at once.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "tokenizer/byte_classes.h"
#include "tokenizer/ngrams.h"

namespace dss::tokenizer {

/// Finds what NgramReader finds, for those who do not ask which word an n-gram belongs to. Where
/// words begin and end cannot be predicted, so it is not asked word by word. Not thread-safe.
class PlainNgrams {
 public:
  static constexpr std::size_t kMostBytes = 512;

  /// Whether the text could be read; NgramReader reads all others: longer ones, and those with
  /// bytes above ASCII or masking stars. `shouts` as there. REQUIRES: `text` is
  /// normalised UTF-8.
  [[nodiscard]] bool read(std::string_view text, std::span<const std::size_t> shouts);

  /// The same hashes, as often as NgramReader has them, in another order. Until the next read().
  [[nodiscard]] std::span<const std::uint32_t> hashes() const { return {hashes_.data(), size_}; }

 private:
  // A word and a pair for every two bytes, a sign for every one; twice two for its characters.
  static constexpr std::size_t kMostHashes = 6 * kMostBytes + 16;

  bool read_classes(std::string_view text);
  bool take_insides(std::string_view text);
  bool take_inside(std::string_view run, std::size_t begin);
  void find_edges();
  void append_characters();
  void append_words();
  void append_signs(std::string_view text);
  void append_compounds();
  void append_joined(std::size_t first, std::size_t last);
  void append_shouts(std::span<const std::size_t> shouts);
  void append(std::uint32_t hash) { hashes_[size_++] = hash; }

  [[nodiscard]] bool is_word(std::size_t at) const {
    return (classes_[at / kBlock].word >> (at % kBlock) & 1) != 0;
  }
  [[nodiscard]] std::string_view word(std::size_t number) const {
    return {blanked_.data() + 1 + edges_[2 * number], edges_[2 * number + 1] - edges_[2 * number]};
  }

  std::size_t blocks_ = 0;
  std::array<ByteClasses, kMostBytes / kBlock + 2> classes_;  // empty ones behind the text's
  std::array<char, kMostBytes + 3 * kBlock> blanked_;         // one blank, the text, blanks
  std::array<std::uint32_t, kMostBytes + 2> edges_;           // begin, end, begin, end, … of words
  std::size_t words_ = 0;
  bool has_compounds_ = false;
  std::array<std::uint32_t, kMostHashes> hashes_;
  std::size_t size_ = 0;
};

}  // namespace dss::tokenizer
