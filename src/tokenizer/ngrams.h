// The features of the linear model: hashed word 1-2-grams and character 4-5-grams inside words.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tokenizer/character_ngrams.h"
#include "tokenizer/hash.h"
#include "tokenizer/words.h"

namespace dss::tokenizer {

/// Names what this file and the normaliser do together; a model made for another recipe is refused.
inline constexpr std::string_view kRecipe = "normalized word 1-2 + char_wb 4-5 + shouts, v3";

/// A compound, a lone word or a sign: what an explanation names.
struct Unit {
  ByteRange range;        ///< in the normalised text
  std::uint32_t end = 0;  ///< one past its last n-gram
};

/// Two words in a row that are not of one unit: the n-gram belongs to both.
struct Pair {
  std::uint32_t ngram = 0;  ///< among the hashes
  std::uint32_t first =
      0;  ///< the first word's unit; the second's is the one that holds the n-gram
};

/// The n-grams of one text, unit by unit. Keeps its memory from text to text.
class Ngrams {
 public:
  [[nodiscard]] std::span<const std::uint32_t> hashes() const { return {buffer_.data(), size_}; }
  [[nodiscard]] const std::vector<Unit>& units() const { return units_; }
  [[nodiscard]] const std::vector<Pair>& pairs() const { return pairs_; }
  /// Those of the units [first, last). REQUIRES: first <= last <= units().size().
  [[nodiscard]] std::span<const std::uint32_t> between(std::size_t first, std::size_t last) const {
    return hashes().subspan(begin_of(first), begin_of(last) - begin_of(first));
  }
  /// The first n-gram of unit `unit`, or one past all.
  [[nodiscard]] std::uint32_t begin_of(std::size_t unit) const {
    return unit == 0 ? 0 : units_[unit - 1].end;
  }

 private:
  friend class NgramReader;

  void clear();
  /// Room for `more` hashes behind the last.
  std::uint32_t* room(std::size_t more);

  std::vector<std::uint32_t> buffer_;  // the first size_; behind them is room
  std::size_t size_ = 0;
  std::vector<Unit> units_;
  std::vector<Pair> pairs_;
};

/// Reads the n-grams of a normalised text:
/// - every word ("don't", "f*ck") and every sign that says something ("!", an emoji) by itself;
/// - every two words in a row, signs between them skipped;
/// - every 4 or 5 characters in a row of a word with one blank before and behind it, as
///   scikit-learn's `char_wb`, except that a word shorter than the n-gram is not counted again;
/// - for compounds ("st.upid", "well-known") and masked words ("f*ck") also the word and its
///   characters with the signs left out;
/// - the first, second, fourth and eighth stretch of the text that was written in capitals,
///   whatever it says: shouting is a matter of how much.
/// Not thread-safe: keeps scratch memory.
class NgramReader {
 public:
  /// `shouts` are offsets in `text`, ascending, of what was in capitals; each belongs to the first
  /// word from there on. REQUIRES: `text` is normalised UTF-8.
  void read(std::string_view text, std::span<const std::size_t> shouts, Ngrams* out);

 private:
  void take_word(const ByteRange& range);
  void take_sign(const ByteRange& range);
  void take_shouts(std::span<const std::size_t> shouts, std::size_t begin);
  void close_unit();
  [[nodiscard]] std::uint32_t unit() const {
    return static_cast<std::uint32_t>(out_->units_.size());
  }

  std::uint32_t append_word(std::string_view word, std::size_t readable);
  std::uint32_t* hash_any_characters(std::size_t length, std::uint32_t* out);
  void append(std::uint32_t hash) { *out_->room(1) = hash, ++out_->size_; }
  bool join();

  std::string_view text_;
  Ngrams* out_ = nullptr;
  std::vector<char> padded_;           // word between blanks, with room behind for whole loads
  std::vector<std::uint32_t> starts_;  // of the code points in padded_
  std::string joined_;                 // a compound's parts without signs
  std::size_t parts_ = 0;              // words in the open unit; 0: none open
  bool masked_ = false;                // a part holds a star
  ByteRange range_;                    // of the open unit
  bool has_previous_ = false;          // a word for the next one to make a pair with
  std::uint32_t previous_hash_ = 0;
  std::uint32_t previous_unit_ = 0;
  std::size_t shouted_ = 0;  // stretches in capitals so far
};

inline constexpr std::size_t kMostShouts = 8;
inline constexpr std::size_t kLongestCompound =
    64;  // bytes; longer ones (addresses, paths) have no joined reading

}  // namespace dss::tokenizer
