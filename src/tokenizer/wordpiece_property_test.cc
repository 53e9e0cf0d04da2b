#include <gtest/gtest.h>

#include <string>

#include "base/utf8.h"
#include "rapidcheck/gtest.h"
#include "tokenizer/test_vocabulary.h"
#include "tokenizer/wordpiece.h"

namespace dss::tokenizer {
namespace {

std::string utf8(const std::vector<char32_t>& codes) {
  std::string text;
  for (const char32_t code : codes) base::append_utf8(code, &text);
  return text;
}

// Any code points, and many of those that the normaliser looks at.
rc::Gen<std::string> any_text() {
  static constexpr std::u32string_view kTricky =
      U"aeioustnrEAUL   "
      U"\n\t.,!'-#[]éÀñİßΣςжЖ你豈한가がｶ😂\u0301\u0327\u0323\u0F73\u0900\u302E\u302F"
      U"\U0001D165\u07FD\u0898\u200B\u00AD\uFFFD\u00A0\u3000’≠½";
  const auto any = rc::gen::map(rc::gen::inRange<std::uint32_t>(1, 0x10F800), [](std::uint32_t c) {
    return static_cast<char32_t>(c < 0xD800 ? c : c + 0x800);
  });
  const auto one = rc::gen::weightedOneOf<char32_t>(
      {{4, rc::gen::elementOf(std::u32string(kTricky))}, {1, any}});
  return rc::gen::map(rc::gen::container<std::vector<char32_t>>(one), utf8);
}

std::vector<Piece> pieces(std::string_view text) {
  std::vector<Piece> out;
  bert_uncased().append(text::Valid::promise(text), &out);
  return out;
}

std::vector<std::uint32_t> ids(std::string_view text) {
  std::vector<std::uint32_t> out;
  bert_uncased().append_ids(text::Valid::promise(text), &out);
  return out;
}

bool on_boundary(std::string_view text, std::size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

RC_GTEST_PROP(WordPieceProperty, IdsAreThoseOfThePieces, ()) {
  const std::string text = *any_text();
  std::vector<std::uint32_t> of_pieces;
  for (const Piece& piece : pieces(text)) of_pieces.push_back(piece.id);
  RC_ASSERT(ids(text) == of_pieces);
}

RC_GTEST_PROP(WordPieceProperty, TextsJoinedByASpaceHaveTheirPiecesJoined, ()) {
  const std::string left = *any_text();
  const std::string right = *any_text();
  auto joined = ids(left);
  const auto more = ids(right);
  joined.insert(joined.end(), more.begin(), more.end());
  RC_ASSERT(ids(left + " " + right) == joined);
}

RC_GTEST_PROP(WordPieceProperty, PlacesAscendWithinTheText, ()) {
  const std::string text = *any_text();
  Piece last;
  for (const Piece& piece : pieces(text)) {
    RC_ASSERT(piece.begin < piece.end);
    RC_ASSERT(piece.end <= text.size());
    RC_ASSERT(piece.begin >= last.begin);
    RC_ASSERT(piece.end >= last.end);
    if (piece.begins_word) RC_ASSERT(piece.begin >= last.end);
    RC_ASSERT(on_boundary(text, piece.begin) && on_boundary(text, piece.end));
    last = piece;
  }
}

// What explanations rely on: a word that is read alone has the pieces that it has in the text.
RC_GTEST_PROP(WordPieceProperty, AWordCutOutHasTheSamePieces, ()) {
  const std::string text = *any_text();
  const auto all = pieces(text);
  for (std::size_t i = 0; i < all.size();) {
    std::size_t end = i + 1;
    while (end < all.size() && !all[end].begins_word) ++end;
    std::vector<std::uint32_t> expected;
    for (std::size_t j = i; j < end; ++j) expected.push_back(all[j].id);
    const auto word = std::string_view(text).substr(all[i].begin, all[end - 1].end - all[i].begin);
    RC_ASSERT(ids(word) == expected);
    i = end;
  }
}

RC_GTEST_PROP(WordPieceProperty, CapitalsAndAccentsOfLatinChangeNothing, ()) {
  const std::string text =
      *rc::gen::container<std::string>(rc::gen::elementOf(std::string("abcdefghijklmno pqrst.'!")));
  std::string changed;
  for (const char c : text) {
    const bool letter = c >= 'a' && c <= 'z';
    changed += letter && *rc::gen::arbitrary<bool>() ? static_cast<char>(c - 32) : c;
    if (letter && *rc::gen::arbitrary<bool>()) changed += "\u0301";
  }
  RC_ASSERT(ids(changed) == ids(text));
}

}  // namespace
}  // namespace dss::tokenizer
