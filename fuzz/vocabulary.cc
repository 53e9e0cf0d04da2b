// A vocab.txt: refused with one line, or read; then the trie finds the longest piece with which
// each line begins.
#include "tokenizer/vocabulary.h"

#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using dss::tokenizer::PieceTrie;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_message(const dss::base::Error& error) {
  require(!error.message.empty() && error.message.find('\n') == std::string::npos);
}

void check_trie(const PieceTrie& trie, const std::vector<std::string_view>& lines,
                const std::vector<PieceTrie::Entry>& entries) {
  std::set<std::pair<bool, std::string_view>> pieces;
  for (const PieceTrie::Entry& entry : entries) pieces.emplace(entry.continues, entry.piece);
  for (const std::string_view line : lines) {
    const std::string_view word = line.substr(0, line.find('\0'));
    for (const bool continues : {false, true}) {
      std::size_t size = word.size();
      while (size > 0 && !pieces.contains({continues, word.substr(0, size)})) --size;
      const PieceTrie::Match match = trie.longest(word, continues);
      require(match.size == size && (size == 0 || match.id < lines.size()));
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto lines = dss::tokenizer::read_vocabulary({reinterpret_cast<const char*>(data), size});
  if (!lines) return check_message(lines.error()), 0;
  const auto entries = dss::tokenizer::trie_entries(*lines);
  const auto trie = PieceTrie::build(entries);
  if (!trie) return check_message(trie.error()), 0;
  check_trie(*trie, *lines, entries);
  return 0;
}
