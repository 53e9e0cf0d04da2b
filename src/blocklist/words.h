// The words of a text as the models read it.
#pragma once

#include <string_view>
#include <vector>

#include "text/normalize.h"

namespace dss::blocklist {

/// A word: letters and digits.
struct Word {
  std::string_view letters;  ///< normalised; lives until the reader's next text
  std::size_t begin = 0;     ///< bytes of the original
  std::size_t end = 0;
};

/// Whether words are made of it. REQUIRES: a normalised code point.
[[nodiscard]] bool is_word_character(char32_t code_point);

/// Not thread-safe; keeps memory from text to text.
class WordReader {
 public:
  /// REQUIRES: valid UTF-8. The answer lives until the next call.
  const std::vector<Word>& read(std::string_view text);

 private:
  text::Normalizer normalizer_;
  text::Normalized normalized_;
  std::vector<Word> words_;
};

}  // namespace dss::blocklist
