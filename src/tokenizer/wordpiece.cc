#include "tokenizer/wordpiece.h"

#include <utility>

#include "tokenizer/bert_words.h"
#include "tokenizer/vocabulary.h"

namespace dss::tokenizer {
namespace {

// What a byte is when it is no ASCII letter; letters are higher than all of these.
enum ByteCode : unsigned char { kSpace, kAlone, kOther, kLastCode = kOther };

unsigned char byte_code(const BertCharacters& characters, unsigned char byte) {
  if (byte >= 0x80) return kOther;
  const std::uint16_t action = characters.action(byte);
  switch (action) {
    case BertCharacters::kKeep:
      return byte;
    case BertCharacters::kRemove:
      return kOther;
    case BertCharacters::kSpace:
      return kSpace;
    case BertCharacters::kAlone:
      return kAlone;
    default:
      return static_cast<unsigned char>(characters.rewriting(action).front().code_point);
  }
}

// Takes pieces with their places.
class PieceSink {
 public:
  explicit PieceSink(std::vector<Piece>* out) : out_(*out) {}
  void add(std::uint32_t id, std::uint32_t begin, std::uint32_t end, bool begins_word) {
    out_.push_back({id, begin, end, begins_word});
  }
  [[nodiscard]] std::size_t size() const { return out_.size(); }
  void shrink(std::size_t size) { out_.resize(size); }

 private:
  std::vector<Piece>& out_;
};

// Takes ids.
class IdSink {
 public:
  explicit IdSink(std::vector<std::uint32_t>* out) : out_(*out) {}
  void add(std::uint32_t id, std::uint32_t, std::uint32_t, bool) { out_.push_back(id); }
  [[nodiscard]] std::size_t size() const { return out_.size(); }
  void shrink(std::size_t size) { out_.resize(size); }

 private:
  std::vector<std::uint32_t>& out_;
};

// A word of ASCII, whose bytes stand in the original one by one.
class PlainWord {
 public:
  PlainWord(std::string_view text, std::size_t begin)
      : text_(text), begin_(static_cast<std::uint32_t>(begin)) {}
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::uint32_t begin_of(std::size_t first) const { return begin_ + place(first); }
  [[nodiscard]] std::uint32_t end_of(std::size_t last) const { return begin_ + place(last) + 1; }

 private:
  static std::uint32_t place(std::size_t at) { return static_cast<std::uint32_t>(at); }
  std::string_view text_;
  std::uint32_t begin_;
};

}  // namespace

// One walk over a text.
template <typename Sink>
class WordPiece::Run {
 public:
  Run(const WordPiece& parent, std::string_view text, Sink sink)
      : parent_(parent), text_(text), words_(parent.characters_, text), sink_(sink) {}

  void all() {
    while (at_ < text_.size()) {
      switch (code(at_)) {
        case kSpace:
          ++at_;
          break;
        case kAlone:
          pieces_of(PlainWord(text_.substr(at_, 1), at_));
          ++at_;
          break;
        default:
          if (!plain_word()) any_word();
      }
    }
  }

 private:
  [[nodiscard]] unsigned char code(std::size_t at) const {
    return parent_.bytes_[static_cast<unsigned char>(text_[at])];
  }

  // Reads the word that begins here if all of it is ASCII.
  bool plain_word() {
    std::array<char, BertWord::kMaxCharacters> letters;
    std::size_t end = at_;
    for (; end < text_.size(); ++end) {
      const unsigned char letter = code(end);
      if (letter <= kLastCode) break;
      if (end - at_ < letters.size()) letters[end - at_] = static_cast<char>(letter);
    }
    if (end < text_.size() && code(end) == kOther) return false;
    const std::size_t size = end - at_;
    if (size > letters.size()) {
      add_unknown(at_, end);
    } else {
      pieces_of(PlainWord({letters.data(), size}, at_));
    }
    at_ = end;
    return true;
  }

  void any_word() {
    const BertWord& word = words_.next(&at_);
    if (word.too_long()) {
      add_unknown(word.begin(), word.end());
    } else {
      pieces_of(word);
    }
  }

  // The longest piece first, then the longest that continues it, and so on; if none fits
  // somewhere, the whole word is unknown.
  template <typename AnyWord>
  void pieces_of(const AnyWord& word) {
    const std::size_t pieces_before = sink_.size();
    const std::string_view text = word.text();
    for (std::size_t at = 0; at < text.size();) {
      const PieceTrie::Match match = parent_.trie_.longest(text.substr(at), at > 0);
      if (match.size == 0) {
        sink_.shrink(pieces_before);
        add_unknown(word.begin_of(0), word.end_of(text.size() - 1));
        return;
      }
      const std::size_t end = at + match.size;
      sink_.add(match.id, word.begin_of(at), word.end_of(end - 1), at == 0);
      at = end;
    }
  }

  void add_unknown(std::size_t begin, std::size_t end) {
    sink_.add(parent_.unknown_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end),
              true);
  }

  const WordPiece& parent_;
  std::string_view text_;
  BertWordReader words_;
  Sink sink_;
  std::size_t at_ = 0;
};

WordPiece::WordPiece(BertCharacters characters, PieceTrie trie)
    : characters_(std::move(characters)), trie_(std::move(trie)) {
  for (std::size_t byte = 0; byte < bytes_.size(); ++byte) {
    bytes_[byte] = byte_code(characters_, static_cast<unsigned char>(byte));
  }
}

base::Result<WordPiece> WordPiece::parse(std::string_view vocabulary,
                                         const WordPieceOptions& options) {
  const auto lines = read_vocabulary(vocabulary);
  if (!lines) return base::fail(lines.error());
  auto trie = PieceTrie::build(trie_entries(*lines));
  if (!trie) return base::fail(trie.error());
  const bool strip_accents = options.strip_accents.value_or(options.lower_case);
  WordPiece made(BertCharacters(options.lower_case, strip_accents), std::move(*trie));
  made.size_ = lines->size();
  for (const auto& [name, id] :
       {std::pair{&options.unknown, &made.unknown_}, std::pair{&options.first, &made.first_},
        std::pair{&options.separator, &made.separator_}}) {
    const auto found = find_piece(*lines, *name);
    if (!found) return base::fail(found.error());
    *id = *found;
  }
  return made;
}

void WordPiece::append(text::Valid text, std::vector<Piece>* out) const {
  Run(*this, text.bytes(), PieceSink(out)).all();
}

void WordPiece::append_ids(text::Valid text, std::vector<std::uint32_t>* out) const {
  Run(*this, text.bytes(), IdSink(out)).all();
}

}  // namespace dss::tokenizer
