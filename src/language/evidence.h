// What a text says about its language: letters per script and summed weights per language.
#pragma once

#include <array>
#include <cstdint>
#include <utility>

#include "language/alphabet.h"
#include "language/ascii_words.h"
#include "language/features.h"
#include "language/sum_rows.h"
#include "language/table.h"

namespace dss::language {

/// A sink of scan(). Not thread-safe; lives on the stack of one detection.
class Evidence {
 public:
  /// One-letter words tell nothing about the script: emoticons are full of foreign letters, as in
  /// (ﾟДﾟ). A word counts once, however often it comes: "ha ha ha" is no better evidence than "ha".
  void word(const WordFeatures& word) {
    count(word.script, word.letters > 1 ? word.letters : 0);
    if (!seen(word.hash)) pending_ += word.rows.size();
  }

  std::uint32_t* room_for(Script script) {
    if (script != pending_script_ || pending_ + kMaxWordFeatures > rows_.size()) {
      add_pending();
      pending_script_ = script;
    }
    return rows_.data() + pending_;
  }

  void character(Script script, char32_t code_point) {
    count(script, 1);
    if (script == Script::kHan && code_point >= kHanBegin && code_point < kHanEnd) {
      han_ += table_.han[code_point - kHanBegin];
    }
  }

  /// All of them, as word() after word().
  void words(AsciiWords* words);

  struct Tally {
    Script script = Script::kNone;  ///< that of most letters; Han stands for Han and kana together
    int letters = 0;                ///< of that script
    int all_letters = 0;
  };
  [[nodiscard]] Tally tally() const;

  using Totals = std::array<std::int32_t, kLanes>;
  /// Sums of weights so far, in the lane order of the script's table. REQUIRES: lanes_of(script) is
  /// not empty.
  [[nodiscard]] Totals totals(Script script);
  /// Logits of all languages of the script's table for such sums.
  [[nodiscard]] std::array<float, kLanes> logits(Script script, const Totals& totals) const;
  /// Whether all letters so far were Latin.
  [[nodiscard]] bool only_latin() const {
    return scripts_ == 1U << static_cast<unsigned>(Script::kLatin);
  }
  /// Logit of Japanese against Chinese.
  [[nodiscard]] float japanese_logit() const;

 private:
  void add_pending();
  void count(Script script, int letters) {
    letters_[static_cast<std::size_t>(script)] += letters;
    scripts_ |= 1U << static_cast<unsigned>(script);
  }

  /// Whether a word with this hash came before, and notes it. Words may push each other out of the
  /// memory: a repetition is then counted again.
  bool seen(std::uint64_t hash) {
    std::uint32_t& slot = seen_[hash >> (64 - kSeenBits)];
    const auto tag = static_cast<std::uint32_t>(hash) | 1;
    return std::exchange(slot, tag) == tag;
  }
  static constexpr int kSeenBits = 6;

  Table table_ = embedded_table();
  Totals latin_{};
  Totals cyrillic_arabic_{};
  std::int32_t han_ = 0;
  std::array<std::int32_t, kScripts> letters_{};
  std::uint32_t scripts_ = 0;  // bit i: script i was met
  static_assert(kScripts <= 32);
  std::array<std::uint32_t, 1 << kSeenBits> seen_{};

  // Rows wait here and are summed many at a time: a loop for each word would be left too often to
  // be predicted.
  std::array<std::uint32_t, kMostRowsAtOnce> rows_;
  std::size_t pending_ = 0;
  Script pending_script_ = Script::kLatin;
};

}  // namespace dss::language
