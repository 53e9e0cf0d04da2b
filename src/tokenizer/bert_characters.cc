#include "tokenizer/bert_characters.h"

#include <algorithm>

#include "tokenizer/bert_data.h"

namespace dss::tokenizer {

// Goes through the steps in the order in which BertNormalizer takes them: clean, set CJK apart,
// decompose and remove marks, lower; the pre-tokeniser sees what came of it. That what is removed
// has no case, that punctuation has none either and so on is checked by
// tools/make_bert_characters.py.
class BertCharacters::Builder {
 public:
  Builder(bool lower_case, bool strip_accents, BertCharacters* out)
      : lower_case_(lower_case), strip_accents_(strip_accents), out_(*out) {}

  void build() {
    set_all(data_.remove, kRemove);
    set_all(data_.space, kSpace);
    set_all(data_.cjk, kAlone);
    set_all(data_.punctuation, kAlone);
    if (strip_accents_) {
      order_marks();
      remove_marks();
      decompose();
    }
    if (lower_case_) lower();
  }

 private:
  void set_all(const CodePointRanges& ranges, Action action) {
    for (const auto& range : ranges.all()) out_.actions_.set_range(range.first, range.last, action);
  }

  // Marks that survive because their category is another one.
  void order_marks() {
    for (const auto& range : data_.combining_rank.all()) {
      for (char32_t c = range.first; c <= range.last; ++c) rewrite(c, {c});
    }
  }

  void remove_marks() {
    for (const auto& range : data_.marks.all()) {
      for (char32_t c = range.first; c <= range.last; ++c) remove_all(c, {c});
    }
  }

  // For a code point of which marks alone are left. Those that are starters are not quite gone:
  // other marks do not change places across them.
  void remove_all(char32_t c, const std::u32string& parts) {
    const auto starts = [this](char32_t part) { return data_.combining_rank.value(part) == 0; };
    if (std::ranges::any_of(parts, starts)) {
      rewrite(c, {});
    } else {
      out_.actions_.set(c, kRemove);
    }
  }

  void decompose() {
    for (const auto& [c, parts] : data_.decompose) {
      if (out_.action(c) == kSpace) continue;
      std::u32string kept;
      for (const char32_t part : parts) {
        if (data_.marks.value(part) == 0) kept += lowered(part);
      }
      if (kept.empty()) {
        remove_all(c, parts);
      } else {
        rewrite(c, kept);
      }
    }
  }

  void lower() {
    for (const auto& [c, small] : data_.lower) {
      if (out_.action(c) == kKeep) rewrite(c, small);
    }
  }

  [[nodiscard]] std::u32string lowered(char32_t c) const {
    const auto small = lower_case_ ? data_.lower.find(c) : data_.lower.end();
    return small == data_.lower.end() ? std::u32string(1, c) : small->second;
  }

  void rewrite(char32_t from, const std::u32string& to) {
    const bool sign = data_.cjk.value(from) != 0;
    const auto begin = static_cast<std::uint32_t>(out_.outputs_.size());
    for (const char32_t c : to) {
      const std::uint8_t rank = strip_accents_ ? data_.combining_rank.value(c) : 0;
      out_.outputs_.push_back({c, rank, sign || data_.punctuation.value(c) != 0});
    }
    out_.actions_.set(from, static_cast<std::uint16_t>(kFirstRewrite + out_.extents_.size()));
    out_.extents_.push_back({begin, static_cast<std::uint32_t>(to.size())});
  }

  BertData data_ = bert_data();
  bool lower_case_;
  bool strip_accents_;
  BertCharacters& out_;
};

BertCharacters::BertCharacters(bool lower_case, bool strip_accents) {
  Builder(lower_case, strip_accents, this).build();
}

}  // namespace dss::tokenizer
