// What the classifier looks at: for every word its letter pairs, runs of four letters and the word
// itself, each hashed to a row of the table. Training and detection both walk texts with this
// header, so they cannot disagree.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/utf8.h"
#include "language/alphabet.h"

namespace dss::language {

inline constexpr std::uint32_t kLatinRows = 49152;
inline constexpr std::uint32_t kCyrillicArabicRows = 12288;
/// Letters of one word that are looked at; the rest of a longer one is skipped.
inline constexpr int kMaxWordLetters = 24;
/// No word gives more features than this: two per letter, two for its end, one for the whole.
inline constexpr int kMaxWordFeatures = 2 * kMaxWordLetters + 3;

/// Rows of the table that belongs to `script`; 0 for scripts that one language has to itself.
[[nodiscard]] constexpr std::uint32_t rows_of(Script script) {
  if (script == Script::kLatin) return kLatinRows;
  return script == Script::kCyrillic || script == Script::kArabic ? kCyrillicArabicRows : 0;
}

/// A Latin, Cyrillic or Arabic word as the table sees it.
struct WordFeatures {
  Script script;
  int letters;                          ///< at most kMaxWordLetters
  std::uint64_t hash;                   ///< of the whole word
  std::span<const std::uint32_t> rows;  ///< in the table of `script`; at most kMaxWordFeatures
};

namespace features_internal {

// Multiplicative (Fibonacci) hashing: the highest bits of the product pick the row. Runs of four
// letters have two thirds of the table, pairs and words share the rest.
inline constexpr std::uint64_t kPair = 0x9E3779B97F4A7C15, kFour = 0xD6E8FEB86659FD93,
                               kWord = 0xA0761D6478BD642F;

/// Which row each feature of a script has.
class RowHash {
 public:
  constexpr explicit RowHash(Script script)
      : rest_(2 * rows_of(script) / 3), shift_(64 - (std::bit_width(rest_) - 2)) {}

  /// Of the symbols in the two lowest bytes.
  [[nodiscard]] constexpr std::uint32_t of_pair(std::uint32_t symbols) const {
    return rest_ + static_cast<std::uint32_t>((symbols & 0xFFFF) * kPair >> shift_);
  }
  [[nodiscard]] constexpr std::uint32_t of_four(std::uint32_t symbols) const {
    return static_cast<std::uint32_t>(symbols * kFour >> (shift_ - 1));
  }
  [[nodiscard]] constexpr std::uint32_t of_word(std::uint64_t hash) const {
    return rest_ + static_cast<std::uint32_t>(hash >> shift_);
  }

 private:
  std::uint32_t rest_;
  int shift_;
};
inline constexpr RowHash kRowsOfLatin{Script::kLatin};

/// The word being read. A boundary counts as symbol 0.
class Word {
 public:
  /// `rows` has room for kMaxWordFeatures.
  Word(Script script, std::uint32_t* rows) : script_(script), row_(script), rows_(rows) {}

  void add(std::uint8_t symbol) {
    const bool third_in_a_row = (last_four_ & 0xFFFF) == symbol * 0x101u;  // "soooo" reads as "soo"
    if (letters_ >= kMaxWordLetters || third_in_a_row) return;
    ++letters_;
    hash_ = (hash_ ^ symbol) * kWord;
    push(symbol);
  }

  WordFeatures end() {
    push(0);
    rows_[count_++] = row_.of_word(hash_);
    return {script_, letters_, hash_, {rows_, count_}};
  }

 private:
  void push(std::uint8_t symbol) {
    last_four_ = last_four_ << 8 | symbol;
    rows_[count_++] = row_.of_pair(last_four_);
    if (letters_ >= 2) rows_[count_++] = row_.of_four(last_four_);
  }

  Script script_;
  RowHash row_;
  std::uint32_t last_four_ = 0;
  int letters_ = 0;
  std::uint64_t hash_ = 0;
  std::uint32_t* rows_;
  std::size_t count_ = 0;
};

/// Whether a web address starts at `at`: "http" or "www." in any case.
[[nodiscard]] inline bool starts_web_address(std::string_view text, std::size_t at) {
  const char first = static_cast<char>(text[at] | 0x20);
  if ((first != 'h' && first != 'w') || text.size() - at < 5) return false;
  const auto lower = [&](std::size_t i) { return static_cast<char>(text[at + i] | 0x20); };
  if (first == 'w') return lower(1) == 'w' && lower(2) == 'w' && text[at + 3] == '.';
  const bool http = lower(1) == 't' && lower(2) == 't' && lower(3) == 'p';
  return http &&
         (text[at + 4] == ':' || (lower(4) == 's' && text.size() - at > 5 && text[at + 5] == ':'));
}

/// Adds the ASCII letters from `at` on to a Latin word: most of most texts, without decoding.
/// Returns where they end.
[[nodiscard]] inline std::size_t add_ascii_letters(std::string_view text, std::size_t at,
                                                   Word* word) {
  for (; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const std::uint8_t symbol = alphabet_internal::kTable[byte].symbol;
    if (byte >= 0x80 || symbol == 0) break;
    word->add(symbol);
  }
  return at;
}

/// Behind the printable ASCII that starts at `at`: Chinese and Japanese follow an address without a
/// space.
[[nodiscard]] inline std::size_t skip_address(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] > ' ' && text[at] < 0x7F) ++at;
  return at;
}

}  // namespace features_internal

/// Reads `text` from left to right and calls of `sink`
/// - `std::uint32_t* room_for(Script)` where a Latin, Cyrillic or Arabic word begins:
/// kMaxWordFeatures rows may go there;
/// - `word(const WordFeatures&)` where that word ends;
/// - `character(Script, char32_t)` for each letter of any other script.
/// Skipped: web addresses and what follows an "@", up to the next byte that is not printable ASCII,
/// and the word before an "@". REQUIRES: valid UTF-8.
template <typename Sink>
void scan(std::string_view text, Sink* sink) {
  using namespace features_internal;
  std::size_t at = 0;
  while (at < text.size()) {
    if (text[at] == '@' || starts_web_address(text, at)) {
      at = skip_address(text, at);
      continue;
    }
    const char32_t first = base::next_code_point(text, &at);
    Letter current = letter(first);
    if (current.symbol == 0) {
      if (current.script > Script::kMark) sink->character(current.script, first);
      continue;
    }
    const Script script = current.script;
    Word word(script, sink->room_for(script));
    for (;;) {
      if (current.symbol != 0) word.add(current.symbol);
      if (script == Script::kLatin) at = add_ascii_letters(text, at, &word);
      if (at >= text.size()) break;
      std::size_t next = at;
      current = letter(base::next_code_point(text, &next));
      if (current.script != script && current.script != Script::kMark) break;
      at = next;
    }
    const bool mail_address = at < text.size() && text[at] == '@';
    if (!mail_address) sink->word(word.end());
  }
}

}  // namespace dss::language
