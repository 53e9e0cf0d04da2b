// The words of a few bytes of ASCII and their features, all bytes at once.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace dss::language {

/// Finds what scan() finds in a piece of a text. Where words begin and end cannot be predicted, so
/// it is not asked letter by letter. Not thread-safe.
class AsciiWords {
 public:
  static constexpr std::size_t kBlock = 64;
  /// append_rows() touches no more.
  static constexpr std::size_t kMostRows = 2 * (kBlock + 1) + 1;

  struct Word {
    std::uint32_t begin;  ///< in the block
    std::uint32_t end;
    std::uint64_t hash;  ///< as that of WordFeatures
  };

  /// Reads the bytes of `block` whose bits are set in `piece`: neighbours of each other. Whether
  /// they could be read; scan() reads all others: pieces with a byte above ASCII, an "@" or a web
  /// address, a letter three times in a row, a word of more than kMaxWordLetters, and pieces that
  /// cut a word of the block.
  [[nodiscard]] bool read(std::span<const char, kBlock> block, std::uint64_t piece);

  /// In the order of the text. Until the next read().
  [[nodiscard]] std::span<const Word> words() const { return {words_.data(), count_}; }
  /// append_rows() leaves out this word's n-grams.
  void drop(const Word& word) {
    letters_ &= ~(((std::uint64_t{1} << (word.end - word.begin)) - 1) << word.begin);
  }
  /// Writes the rows of the n-grams, not those of the words; returns where they end.
  std::uint32_t* append_rows(std::uint32_t* rows) const;

 private:
  [[nodiscard]] bool read_bytes(const char* from, std::uint64_t piece);
  [[nodiscard]] bool find_words();
  [[nodiscard]] std::uint64_t hash_of(std::size_t begin, std::size_t size) const;
  [[nodiscard]] std::uint32_t last_four(std::size_t at) const;

  static constexpr std::size_t kBefore = 3;  // empty symbols before the first
  static constexpr std::size_t kBehind = 8;  // bytes behind the last that may be loaded
  std::array<std::uint8_t, kBefore + kBlock + kBehind> symbols_{};  // 0 for what is no letter
  std::uint64_t letters_ = 0;
  std::array<Word, kBlock / 2 + 1> words_;
  std::size_t count_ = 0;
};

}  // namespace dss::language
