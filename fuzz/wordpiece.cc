// WordPiece: any bytes, made UTF-8, become known pieces with places that ascend; a space parts
// texts.
#include "tokenizer/wordpiece.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"

namespace {

using dss::text::Valid;
using dss::tokenizer::Piece;
using dss::tokenizer::WordPiece;

void require(bool holds) {
  if (!holds) std::abort();
}

constexpr std::string_view kVocabulary =
    "[PAD]\n[UNK]\n[CLS]\n[SEP]\na\nb\nc\nab\nabc\n##a\n##b\n##c\n##bc\n##cab\nthe\n##ing\n!\n.\n"
    "'\ne\né\n##é\n##e\nÉ\nß\n你\n豈\n##豈\n한\nᄒ\n##ᅡ\n##ᆫ\n\u302E\n##\u302E\n##\u07FD\n"
    "\U0001D165\n##\U0001D165\n##\u0301\nи\n##и\n##й\n0\n##0\n##1\n…\n";

const WordPiece& tokeniser(bool lower_case, bool strip_accents) {
  static const auto load = [](bool lower, bool strip) {
    return WordPiece::parse(kVocabulary, {.lower_case = lower, .strip_accents = strip}).value();
  };
  static const WordPiece all[] = {load(false, false), load(false, true), load(true, false),
                                  load(true, true)};
  return all[(lower_case ? 2 : 0) + (strip_accents ? 1 : 0)];
}

std::vector<std::uint32_t> ids(const WordPiece& tokeniser, std::string_view text) {
  std::vector<std::uint32_t> found;
  tokeniser.append_ids(Valid::promise(text), &found);
  return found;
}

void check_pieces(const WordPiece& tokeniser, std::string_view text) {
  std::vector<Piece> pieces;
  tokeniser.append(Valid::promise(text), &pieces);
  std::vector<std::uint32_t> of_pieces;
  Piece last;
  last.begins_word = true;
  for (const Piece& piece : pieces) {
    require(piece.id < tokeniser.size());
    require(piece.begin < piece.end && piece.end <= text.size());
    require(piece.begin >= (piece.begins_word ? last.end : last.begin) && piece.end >= last.end);
    require(dss::base::is_valid_utf8(text.substr(piece.begin, piece.end - piece.begin)));
    of_pieces.push_back(piece.id);
    last = piece;
  }
  require(pieces.empty() || pieces.front().begins_word);
  require(of_pieces == ids(tokeniser, text));
}

void check_halves(const WordPiece& tokeniser, std::string_view bytes) {
  const std::string left = dss::base::replace_invalid_utf8(bytes.substr(0, bytes.size() / 2));
  const std::string right = dss::base::replace_invalid_utf8(bytes.substr(bytes.size() / 2));
  auto parts = ids(tokeniser, left);
  for (const std::uint32_t id : ids(tokeniser, right)) parts.push_back(id);
  require(parts == ids(tokeniser, left + " " + right));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string text = dss::base::replace_invalid_utf8(bytes);
  for (const bool lower_case : {false, true}) {
    for (const bool strip_accents : {false, true}) {
      check_pieces(tokeniser(lower_case, strip_accents), text);
      check_halves(tokeniser(lower_case, strip_accents), bytes);
    }
  }
  return 0;
}
