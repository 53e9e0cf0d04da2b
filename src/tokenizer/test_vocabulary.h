// Vocabularies for tests.
#pragma once

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tokenizer/vocabulary.h"
#include "tokenizer/wordpiece.h"

namespace dss::tokenizer {

/// The bytes of BERT's uncased vocabulary.
inline const std::string& bert_vocabulary() {
  static const std::string bytes = [] {
    std::ifstream file(DSS_SOURCE_DIR "/models/bert/vocab.txt", std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  }();
  return bytes;
}

inline const WordPiece& bert_uncased() {
  static const WordPiece tokeniser = WordPiece::parse(bert_vocabulary()).value();
  return tokeniser;
}

/// The pieces as the vocabulary names them.
inline std::vector<std::string> names(std::string_view vocabulary, const std::vector<Piece>& all) {
  const auto lines = read_vocabulary(vocabulary).value();
  std::vector<std::string> found;
  for (const Piece& piece : all) found.emplace_back(lines.at(piece.id));
  return found;
}

}  // namespace dss::tokenizer
