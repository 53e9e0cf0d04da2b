// Words of a normalised text, and the compounds that signs without spaces make of them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dss::tokenizer {

/// Bytes [begin, end) of the normalised text.
struct ByteRange {
  std::size_t begin = 0;
  std::size_t end = 0;

  [[nodiscard]] std::string_view of(std::string_view text) const {
    return text.substr(begin, end - begin);
  }
};

enum class WordKind : unsigned char {
  kWord,  ///< letters, digits, apostrophes and masking stars inside ("don't", "f*ck")
  kSign,  ///< one emoji, or a punctuation mark that says something ("!", "?", "#", …)
};

struct Word {
  ByteRange range;
  WordKind kind = WordKind::kWord;
  bool masked = false;  ///< a star stands inside
};

/// Reads words one by one, left to right. Punctuation that says nothing (. , ; : ' " ( ) - / and
/// brackets) is skipped.
class WordReader {
 public:
  /// REQUIRES: normalised UTF-8 that outlives this object.
  explicit WordReader(std::string_view text) : text_(text) {}

  /// The next word into `*word`; false at the end.
  bool next(Word* word);

 private:
  bool next_plain(Word* word);

  std::string_view text_;
  std::size_t at_ = 0;
};

/// Whether one sign lies between two words of a compound ("st.upid", "well-known"): then its joined
/// reading counts too. REQUIRES: both ranges lie in `text`, `left` before `right`.
[[nodiscard]] bool forms_compound(std::string_view text, const ByteRange& left,
                                  const ByteRange& right);

}  // namespace dss::tokenizer
