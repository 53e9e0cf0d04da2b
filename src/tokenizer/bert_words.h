// The words of a text as BERT sees them: normalised, with their places in the original.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "tokenizer/bert_characters.h"

namespace dss::tokenizer {

/// One normalised word. Of a word that is too long the place alone is known.
class BertWord {
 public:
  /// BERT makes words of more code points unknown as a whole.
  static constexpr std::size_t kMaxCharacters = 100;

  [[nodiscard]] std::string_view text() const { return {bytes_.data(), size_}; }
  [[nodiscard]] bool too_long() const { return characters_ > kMaxCharacters; }
  [[nodiscard]] bool empty() const { return characters_ == 0; }

  /// Bytes of the original that bytes [first, last] of text() were made of; both on boundaries of
  /// code points. REQUIRES: !too_long().
  [[nodiscard]] std::uint32_t begin_of(std::size_t first) const { return begins_[first]; }
  [[nodiscard]] std::uint32_t end_of(std::size_t last) const { return ends_[last]; }
  [[nodiscard]] std::uint32_t begin() const { return begin_; }
  [[nodiscard]] std::uint32_t end() const { return end_; }

  void clear() { size_ = characters_ = 0; }
  void add(char32_t code_point, std::uint32_t begin, std::uint32_t end);

 private:
  static constexpr std::size_t kMaxBytes = kMaxCharacters * 4;

  std::size_t size_ = 0;
  std::size_t characters_ = 0;
  std::uint32_t begin_ = 0;
  std::uint32_t end_ = 0;
  std::array<char, kMaxBytes> bytes_;
  std::array<std::uint32_t, kMaxBytes> begins_;
  std::array<std::uint32_t, kMaxBytes> ends_;
};

/// Reads words one by one. For one thread; lives as long as a text is read.
class BertWordReader {
 public:
  /// REQUIRES: valid UTF-8 of less than 4 GB; both outlive this object.
  BertWordReader(const BertCharacters& characters, std::string_view text)
      : characters_(characters), text_(text) {}

  /// The next word that begins at byte `*at` or behind it; `*at` is moved behind the word. Empty at
  /// the end of the text. REQUIRES: `*at` lies between words.
  const BertWord& next(std::size_t* at);

 private:
  struct Mark {
    BertOutput output;
    std::uint32_t begin;
    std::uint32_t end;
  };

  enum class Step : unsigned char { kGoOn, kWordEnds, kWordEndedBefore };
  Step read(char32_t code_point, std::uint32_t begin, std::uint32_t end);
  Step rewrite(std::uint16_t action, std::uint32_t begin, std::uint32_t end);
  Step stand_alone(char32_t code_point, std::uint32_t begin, std::uint32_t end);
  [[nodiscard]] bool between_words() const { return word_.empty() && marks_.empty(); }
  void add_marks();

  const BertCharacters& characters_;
  std::string_view text_;
  BertWord word_;
  std::vector<Mark> marks_;  // not yet in their canonical order
};

}  // namespace dss::tokenizer
