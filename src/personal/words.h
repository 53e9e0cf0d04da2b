// A text's words, as the finders of names and addresses see them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "personal/vocabulary.h"

namespace dss::personal {

/// Letters of the Latin, Greek and Cyrillic scripts, with single apostrophes and hyphens between
/// them, or digits with a letter behind (`12b`).
struct Word {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool number = false;      ///< begins with a digit
  bool capital = false;     ///< begins with a capital letter
  bool small = false;       ///< holds a small letter
  bool possessive = false;  ///< ends in 's
  Meaning meaning{};        ///< of the word in small letters, without 's
  /// What stands before it: nothing but one space joins words of a name.
  char gap = '\0';  ///< ' ' one space; '\n' a line's end; ',' or '.' and spaces; '\0' all else
};

/// All words of `text`, in order. REQUIRES: valid UTF-8.
void read_words(std::string_view text, std::vector<Word>* words);

/// Appends `word` with small letters: ASCII, Latin-1, Latin Extended-A, Greek and Cyrillic.
void append_lower(std::string_view word, std::string* out);

}  // namespace dss::personal
