// WordPiece, the tokeniser of BERT and its family (Wu et al. 2016; Devlin et al. 2019).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "text/valid.h"
#include "tokenizer/bert_characters.h"
#include "tokenizer/piece_trie.h"

namespace dss::tokenizer {

struct WordPieceOptions {
  bool lower_case = true;  ///< do_lower_case of tokenizer_config.json
  /// strip_accents of the same file; absent: as lower_case, like BERT.
  std::optional<bool> strip_accents = std::nullopt;
  std::string unknown = "[UNK]";
  std::string first = "[CLS]";      ///< stands before every text
  std::string separator = "[SEP]";  ///< stands behind every text
};

/// One piece and the bytes [begin, end) of the original text that it was made of. Bytes that the
/// normaliser removes belong to no piece; pieces of one decomposed character share its bytes.
struct Piece {
  std::uint32_t id = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool begins_word = false;  ///< false: continues the word of the piece before it

  bool operator==(const Piece&) const = default;
};

/// The pieces of a text are those of Hugging Face's BertNormalizer, BertPreTokenizer and WordPiece
/// (tokenizers 0.23): a word of more than 100 characters is unknown, and so is one that pieces do
/// not cover. The places are the same too, except behind marks that canonical order moves: those
/// take each other's places. [CLS] and [SEP] are not added, and nothing that a text holds means
/// them: "[SEP]" in a text is three words. Immutable; reading is safe from many threads.
class WordPiece {
 public:
  /// `vocabulary`: the bytes of vocab.txt, one piece a line, whose number is its id; pieces that
  /// continue a word begin with "##". kCorrupt if a line is empty or stands there twice, if a
  /// special piece is missing, or if it is not UTF-8.
  [[nodiscard]] static base::Result<WordPiece> parse(std::string_view vocabulary,
                                                     const WordPieceOptions& options = {});

  /// Appends the pieces of `text`. REQUIRES: less than 4 GB.
  void append(text::Valid text, std::vector<Piece>* out) const;
  /// Appends their ids only.
  void append_ids(text::Valid text, std::vector<std::uint32_t>* out) const;

  [[nodiscard]] std::size_t size() const { return size_; }  ///< pieces in the vocabulary
  [[nodiscard]] std::uint32_t unknown() const { return unknown_; }
  [[nodiscard]] std::uint32_t first() const { return first_; }
  [[nodiscard]] std::uint32_t separator() const { return separator_; }

 private:
  template <typename Sink>
  class Run;

  WordPiece(BertCharacters characters, PieceTrie trie);

  BertCharacters characters_;
  PieceTrie trie_;
  /// Of each byte: the letter that becomes of it, or one of the codes of wordpiece.cc.
  std::array<unsigned char, 256> bytes_{};
  std::size_t size_ = 0;
  std::uint32_t unknown_ = 0;
  std::uint32_t first_ = 0;
  std::uint32_t separator_ = 0;
};

}  // namespace dss::tokenizer
