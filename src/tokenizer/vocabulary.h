// A WordPiece vocabulary as a file: one piece a line.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tokenizer/piece_trie.h"

namespace dss::tokenizer {

/// The lines of a vocab.txt, without their ends ("\n" or "\r\n"); a piece's place is its id. The
/// views point into `bytes`. kCorrupt if it holds no line or an empty one, or is not UTF-8.
[[nodiscard]] base::Result<std::vector<std::string_view>> read_vocabulary(std::string_view bytes);

/// The pieces that a text can hold, with "##" taken off. REQUIRES: lines of read_vocabulary.
[[nodiscard]] std::vector<PieceTrie::Entry> trie_entries(
    const std::vector<std::string_view>& pieces);

/// The id of a special piece; kCorrupt if it is missing.
[[nodiscard]] base::Result<std::uint32_t> find_piece(const std::vector<std::string_view>& pieces,
                                                     std::string_view name);

}  // namespace dss::tokenizer
