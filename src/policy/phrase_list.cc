#include "policy/phrase_list.h"

#include <algorithm>

#include "base/utf8.h"
#include "text/fold.h"

namespace dss::policy {
namespace {

bool is_general_punctuation(char32_t c) {
  return (c >= 0x80 && c < 0xAA) || (c >= 0x2000 && c < 0x2070) || (c >= 0x3000 && c < 0x3040);
}

bool is_part_of_word(char32_t c) {
  if (c >= 0x80) return !is_general_punctuation(c);
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

/// Collects folded code points into words.
class WordSplitter {
 public:
  void take(char32_t code_point) {
    if (code_point < 0x80) return put(code_point);
    const std::u32string* folded = text::fold(code_point);
    if (folded == nullptr) return put(code_point);
    for (const char32_t each : *folded) put(each);
  }
  std::vector<std::string> finish() {
    end_word();
    return std::move(words_);
  }

 private:
  void put(char32_t c) {
    if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
    if (!is_part_of_word(c)) return end_word();
    base::append_utf8(c, &word_);
  }
  void end_word() {
    if (!word_.empty()) words_.push_back(std::move(word_));
    word_.clear();
  }

  std::string word_;
  std::vector<std::string> words_;
};

std::vector<std::string> words_of(std::string_view text) {
  WordSplitter splitter;
  for (std::size_t at = 0; at < text.size();) splitter.take(base::next_code_point(text, &at));
  return splitter.finish();
}

}  // namespace

bool PhraseList::add(std::string phrase) {
  std::vector<std::string> words = words_of(phrase);
  if (words.empty()) return false;
  by_first_word_[words.front()].push_back(phrases_.size());
  phrases_.push_back({std::move(phrase), std::move(words)});
  return true;
}

std::optional<std::string_view> PhraseList::first_in(std::string_view text) const {
  if (phrases_.empty()) return std::nullopt;
  const std::vector<std::string> words = words_of(text);
  for (auto word = words.begin(); word != words.end(); ++word) {
    const auto found = by_first_word_.find(*word);
    if (found == by_first_word_.end()) continue;
    for (const std::size_t index : found->second) {
      const auto& wanted = phrases_[index].words;
      if (static_cast<std::size_t>(words.end() - word) >= wanted.size() &&
          std::equal(wanted.begin(), wanted.end(), word)) {
        return phrases_[index].written;
      }
    }
  }
  return std::nullopt;
}

}  // namespace dss::policy
