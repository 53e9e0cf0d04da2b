// What a text says about its language: letters per script and summed weights per language.
#pragma once

#include <array>
#include <cstdint>

#include "language/alphabet.h"
#include "language/features.h"
#include "language/table.h"

namespace dss::language {

/// A sink of scan(). Not thread-safe; lives on the stack of one detection.
class Evidence {
 public:
  void feature(Script script, std::uint32_t row) {
    const bool latin = script == Script::kLatin;
    (latin ? latin_ : cyrillic_arabic_).add((latin ? table_.latin : table_.cyrillic_arabic)[row]);
  }

  /// One-letter words tell nothing about the script: emoticons are full of foreign letters, as in
  /// (ﾟДﾟ).
  void word(Script script, int letters) {
    if (letters > 1) letters_[static_cast<std::size_t>(script)] += letters;
    (script == Script::kLatin ? latin_ : cyrillic_arabic_).word_ended();
  }

  void character(Script script, char32_t code_point) {
    letters_[static_cast<std::size_t>(script)] += 1;
    if (script == Script::kHan && code_point >= kHanBegin && code_point < kHanEnd) {
      han_ += table_.han[code_point - kHanBegin];
    }
  }

  struct Tally {
    Script script = Script::kNone;  ///< that of most letters; Han stands for Han and kana together
    int letters = 0;                ///< of that script
    int all_letters = 0;
  };
  [[nodiscard]] Tally tally() const;

  /// Logits of all languages of the script's table, in lane order. REQUIRES: lanes_of(script) is
  /// not empty.
  void logits(Script script, std::array<float, kLanes>* out) const;
  /// Logit of Japanese against Chinese.
  [[nodiscard]] float japanese_logit() const;

 private:
  /// Sums rows of bytes in 16 bits, and empties them into 32 before they could overflow.
  class Sums {
   public:
    void add(const Row& row) {
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        narrow_[lane] = static_cast<std::int16_t>(narrow_[lane] + row[lane]);
      }
      ++pending_;
    }
    void word_ended() {
      if (pending_ + kMaxWordFeatures > kMaxPending) widen();
    }
    [[nodiscard]] std::int32_t total(std::size_t lane) const { return wide_[lane] + narrow_[lane]; }

   private:
    static constexpr int kMaxPending = 32767 / 128;
    void widen() {
      for (std::size_t lane = 0; lane < kLanes; ++lane) wide_[lane] += narrow_[lane];
      narrow_ = {};
      pending_ = 0;
    }
    std::array<std::int16_t, kLanes> narrow_{};
    std::array<std::int32_t, kLanes> wide_{};
    int pending_ = 0;
  };

  Table table_ = embedded_table();
  Sums latin_;
  Sums cyrillic_arabic_;
  std::int32_t han_ = 0;
  std::array<std::int32_t, kScripts> letters_{};
};

}  // namespace dss::language
