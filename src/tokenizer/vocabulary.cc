#include "tokenizer/vocabulary.h"

#include <algorithm>
#include <string>

#include "base/utf8.h"

namespace dss::tokenizer {

using base::ErrorKind;

base::Result<std::vector<std::string_view>> read_vocabulary(std::string_view bytes) {
  if (!base::is_valid_utf8(bytes)) {
    return base::fail(ErrorKind::kCorrupt, "the vocabulary is not UTF-8");
  }
  std::vector<std::string_view> pieces;
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    std::string_view piece = bytes.substr(0, end);
    if (piece.ends_with('\r')) piece.remove_suffix(1);
    if (piece.empty()) {
      return base::fail(ErrorKind::kCorrupt, "line " + std::to_string(pieces.size() + 1) +
                                                 " of the vocabulary is empty");
    }
    pieces.push_back(piece);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
  if (pieces.empty()) return base::fail(ErrorKind::kCorrupt, "the vocabulary is empty");
  return pieces;
}

std::vector<PieceTrie::Entry> trie_entries(const std::vector<std::string_view>& pieces) {
  constexpr std::string_view kContinues = "##";
  std::vector<PieceTrie::Entry> entries;
  entries.reserve(pieces.size());
  for (std::uint32_t id = 0; id < pieces.size(); ++id) {
    std::string_view piece = pieces[id];
    if (piece.find('\0') != std::string_view::npos) continue;  // no normalised text holds it
    const bool continues = piece.size() > kContinues.size() && piece.starts_with(kContinues);
    if (continues) piece.remove_prefix(kContinues.size());
    entries.push_back({piece, id, continues});
  }
  return entries;
}

base::Result<std::uint32_t> find_piece(const std::vector<std::string_view>& pieces,
                                       std::string_view name) {
  const auto found = std::ranges::find(pieces, name);
  if (found == pieces.end()) {
    return base::fail(ErrorKind::kCorrupt,
                      "the vocabulary has no " + std::string(name) + ": is it one of WordPiece?");
  }
  return static_cast<std::uint32_t>(found - pieces.begin());
}

}  // namespace dss::tokenizer
