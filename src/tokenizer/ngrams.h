// The features of the linear model: hashed word 1-2-grams and character 2-5-grams inside words.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "tokenizer/hash.h"
#include "tokenizer/words.h"

namespace dss::tokenizer {

/// Names what this file and the normaliser do together; a model made for another recipe is refused.
inline constexpr std::string_view kRecipe = "normalized word 1-2 + char_wb 2-5 + shouts, xxh3, v2";

/// Walks over the n-grams of a normalised text:
/// - every word ("don't", "f*ck") and every sign that says something ("!", an emoji) by itself;
/// - every two words in a row, signs between them skipped, as "first second";
/// - every 2 to 5 characters in a row of a word with one blank before and behind it, as
/// scikit-learn's `char_wb`,
///   except that a word shorter than the n-gram is not counted again;
/// - for compounds ("st.upid", "well-known") and masked words ("f*ck") also the word and its
/// characters with the signs
///   left out;
/// - the first, second, fourth and eighth stretch of the text that was written in capitals,
/// whatever
///   it says: shouting is a matter of how much.
/// A *unit* is a compound, a lone word or a sign: what an explanation names.
/// Not thread-safe: keeps scratch memory.
class NgramWalker {
 public:
  /// Calls `sink.ngram(hash, unit, other)` for every n-gram, where `other` is the first word's unit
  /// for a pair of words and equals `unit` otherwise; then, in order, `sink.unit(range)` once per
  /// unit, when it is complete. `shouts` are offsets in `text`, ascending, of what was in capitals;
  /// each belongs to the first word from there on. REQUIRES: `text` is normalised UTF-8.
  template <typename Sink>
  void walk(std::string_view text, std::span<const std::size_t> shouts, Sink&& sink);

 private:
  template <typename Sink>
  void take_word(std::string_view word, Sink& sink);
  template <typename Sink>
  void take_characters(std::size_t length, Sink& sink);
  template <typename Sink>
  void take_ascii_characters(std::size_t length, Sink& sink);
  template <typename Sink>
  void take_wide_characters(std::size_t length, Sink& sink);
  template <typename Sink>
  void take_pair(std::string_view word, Sink& sink);
  template <typename Sink>
  void take_shouts(std::span<const std::size_t> shouts, std::size_t begin, Sink& sink);
  template <typename Sink>
  void close_unit(Sink& sink);

  void pad(std::string_view word);
  void join(std::string_view word);

  std::string padded_;                 // ' ' word ' ', with room behind for whole loads
  std::string pair_;                   // 'w' previous word
  std::vector<std::uint32_t> starts_;  // of the code points in padded_
  std::string joined_;                 // the compound's parts so far, without signs
  std::size_t parts_ = 0;              // words in the open unit; 0: none open
  bool masked_ = false;                // a part holds a star
  ByteRange range_;                    // of the open unit
  std::uint32_t unit_ = 0;
  std::uint32_t previous_unit_ = 0;
  std::size_t shouted_ = 0;  // stretches in capitals so far
};

inline constexpr std::size_t kShortestCharacters = 2;
inline constexpr std::size_t kLongestCharacters = 5;
inline constexpr std::size_t kMostShouts = 8;
inline constexpr std::size_t kLongestCompound =
    64;  // bytes; longer ones (addresses, paths) have no joined reading

template <typename Sink>
void NgramWalker::walk(std::string_view text, std::span<const std::size_t> shouts, Sink&& sink) {
  pair_.clear();
  parts_ = 0;
  unit_ = 0;
  shouted_ = 0;
  WordReader reader(text);
  for (Word word; reader.next(&word);) {
    const std::string_view bytes = text.substr(word.range.begin, word.range.end - word.range.begin);
    if (word.kind == WordKind::kSign) {
      close_unit(sink);
      pad(bytes);
      padded_[0] = static_cast<char>(Kind::kWord);
      const std::uint64_t hash = hash_keyed({padded_.data(), bytes.size() + 1});
      sink.ngram(hash, unit_, unit_);
      sink.unit(word.range);
      ++unit_;
      continue;
    }
    const bool continues = parts_ > 0 && forms_compound(text, range_, word.range);
    if (!continues) close_unit(sink);
    range_ = {continues ? range_.begin : word.range.begin, word.range.end};
    ++parts_;
    join(bytes);
    take_word(bytes, sink);
    take_pair(bytes, sink);
    take_shouts(shouts, word.range.begin, sink);
  }
  close_unit(sink);
}

template <typename Sink>
void NgramWalker::take_word(std::string_view word, Sink& sink) {
  pad(word);
  padded_[0] = static_cast<char>(Kind::kWord);
  sink.ngram(hash_keyed({padded_.data(), word.size() + 1}), unit_, unit_);
  padded_[0] = ' ';
  take_characters(word.size() + 2, sink);
}

template <typename Sink>
void NgramWalker::take_pair(std::string_view word, Sink& sink) {
  if (!pair_.empty()) {
    pair_ += ' ';
    pair_ += word;
    sink.ngram(hash_keyed(pair_), unit_, previous_unit_);
  }
  pair_.assign(1, static_cast<char>(Kind::kWord));
  pair_ += word;
  previous_unit_ = unit_;
}

template <typename Sink>
void NgramWalker::take_shouts(std::span<const std::size_t> shouts, std::size_t begin, Sink& sink) {
  while (shouted_ < shouts.size() && shouts[shouted_] <= begin) {
    ++shouted_;
    if (!std::has_single_bit(shouted_) || shouted_ > kMostShouts) continue;
    const char keyed[] = {static_cast<char>(Kind::kShout), static_cast<char>('0' + shouted_)};
    sink.ngram(hash_keyed({keyed, sizeof keyed}), unit_, unit_);
  }
}

template <typename Sink>
void NgramWalker::take_characters(std::size_t length, Sink& sink) {
  bool ascii = true;
  for (std::size_t i = 0; i < length; ++i) ascii &= static_cast<unsigned char>(padded_[i]) < 0x80;
  if (ascii) {
    take_ascii_characters(length, sink);
  } else {
    take_wide_characters(length, sink);
  }
}

template <typename Sink>
void NgramWalker::take_ascii_characters(std::size_t length, Sink& sink) {
  const char* at = padded_.data();
  for (std::size_t left = length; left >= kShortestCharacters; --left, ++at) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, at, sizeof bytes);
    sink.ngram(hash_characters<2>(bytes), unit_, unit_);
    if (left >= 3) sink.ngram(hash_characters<3>(bytes), unit_, unit_);
    if (left >= 4) sink.ngram(hash_characters<4>(bytes), unit_, unit_);
    if (left >= 5) sink.ngram(hash_characters<5>(bytes), unit_, unit_);
  }
}

template <typename Sink>
void NgramWalker::take_wide_characters(std::size_t length, Sink& sink) {
  starts_.clear();
  for (std::size_t at = 0; at < length;) {
    starts_.push_back(static_cast<std::uint32_t>(at));
    (void)base::next_code_point(padded_, &at);
  }
  starts_.push_back(static_cast<std::uint32_t>(length));
  const std::size_t count = starts_.size() - 1;
  char keyed[1 + 4 * kLongestCharacters];
  keyed[0] = static_cast<char>(Kind::kCharacters);
  for (std::size_t first = 0; first + kShortestCharacters <= count; ++first) {
    const std::size_t most = std::min(kLongestCharacters, count - first);
    std::memcpy(keyed + 1, padded_.data() + starts_[first], starts_[first + most] - starts_[first]);
    for (std::size_t n = kShortestCharacters; n <= most; ++n) {
      const std::size_t size = starts_[first + n] - starts_[first];
      sink.ngram(hash_keyed({keyed, size + 1}), unit_, unit_);
    }
  }
}

template <typename Sink>
void NgramWalker::close_unit(Sink& sink) {
  if (parts_ == 0) return;
  if ((parts_ > 1 || masked_) && joined_.size() <= kLongestCompound) take_word(joined_, sink);
  sink.unit(range_);
  ++unit_;
  parts_ = 0;
  masked_ = false;
  joined_.clear();
}

}  // namespace dss::tokenizer
