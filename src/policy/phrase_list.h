// Words and phrases to look for in texts.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace dss::policy {

/// Finds phrases as whole words, whatever their capitals, accents, compatibility forms and the
/// signs and spaces between their words. Inside a longer word nothing is found. Immutable once
/// complete, then thread-safe. Linear in the text's length for phrases that begin with different
/// words.
class PhraseList {
 public:
  /// False, and nothing added, if the phrase has no word. REQUIRES: valid UTF-8.
  bool add(std::string phrase);
  /// The phrase that ends the search: of the earliest place, the one added first; as it was added.
  /// REQUIRES: valid UTF-8.
  [[nodiscard]] std::optional<std::string_view> first_in(std::string_view text) const;
  [[nodiscard]] std::size_t size() const { return phrases_.size(); }

 private:
  struct Phrase {
    std::string written;
    std::vector<std::string> words;
  };
  std::vector<Phrase> phrases_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_first_word_;
};

}  // namespace dss::policy
