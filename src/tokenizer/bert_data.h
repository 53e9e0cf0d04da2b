// data/bert_characters.txt as tables: the single steps of BERT's normaliser and pre-tokeniser.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace dss::tokenizer {

/// Code points that have a property in common.
class CodePointRanges {
 public:
  struct Range {
    char32_t first = 0;
    char32_t last = 0;  ///< included
    std::uint8_t value = 1;
  };

  /// REQUIRES: ranges do not overlap; any order.
  explicit CodePointRanges(std::vector<Range> ranges);

  /// The value of the range that holds `code_point`, or 0.
  [[nodiscard]] std::uint8_t value(char32_t code_point) const;
  [[nodiscard]] const std::vector<Range>& all() const { return ranges_; }

 private:
  std::vector<Range> ranges_;  // ascending
};

using CodePointMapping = std::map<char32_t, std::u32string>;

/// The lines of the file, by their first word.
struct BertData {
  CodePointRanges remove;
  CodePointRanges space;
  CodePointRanges cjk;
  CodePointRanges punctuation;
  CodePointRanges marks;
  CodePointRanges combining_rank;  ///< the value orders as the canonical combining class does
  CodePointMapping lower;
  CodePointMapping decompose;  ///< Hangul syllables too
};

/// Reads the table that is part of the program.
[[nodiscard]] BertData bert_data();

}  // namespace dss::tokenizer
