#include "tokenizer/words.h"

#include <array>

#include "base/utf8.h"
#include "text/characters.h"

namespace dss::tokenizer {
namespace {

enum class Class : unsigned char { kSkip, kWord, kSign, kInside, kWide };

constexpr auto kClass = [] {
  std::array<Class, 256> table{};
  for (std::size_t c = 0x21; c < 0x7F; ++c) table[c] = Class::kSign;
  for (std::size_t c = 'a'; c <= 'z'; ++c) table[c] = Class::kWord;
  for (std::size_t c = '0'; c <= '9'; ++c) table[c] = Class::kWord;
  for (const char c : std::string_view(".,;:\"()-/\\[]{}_=`|")) {
    table[static_cast<unsigned char>(c)] = Class::kSkip;
  }
  table['\''] = Class::kInside;
  table['*'] = Class::kInside;
  for (std::size_t c = 0x80; c < 256; ++c) table[c] = Class::kWide;
  return table;
}();

Class class_of(char c) { return kClass[static_cast<unsigned char>(c)]; }

// Class of the character at `at` with UTF-8 decoded; `*next` is set behind it.
Class class_at(std::string_view text, std::size_t at, std::size_t* next) {
  const Class quick = class_of(text[at]);
  *next = at + 1;
  if (quick != Class::kWide) return quick;
  const char32_t code = base::next_code_point(text, &(*next = at));
  switch (text::kind_of(code)) {
    case text::CharKind::kLetter:
      return Class::kWord;
    case text::CharKind::kEmoji:
      return Class::kSign;
    default:
      return Class::kSkip;
  }
}

// End of the run of word characters that begins at `at`.
std::size_t word_end(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    while (at < text.size() && class_of(text[at]) == Class::kWord) ++at;
    std::size_t next = at;
    if (at == text.size() || class_at(text, at, &next) != Class::kWord) break;
    at = next;
  }
  return at;
}

// The same with up to two apostrophes or masking stars between letters counted in.
std::size_t whole_word_end(std::string_view text, std::size_t at) {
  constexpr std::size_t kMostInside = 2;
  std::size_t end = word_end(text, at);
  for (std::size_t inside = end; inside < text.size() && inside - end < kMostInside;) {
    if (class_of(text[inside]) != Class::kInside) break;
    const std::size_t behind = word_end(text, ++inside);
    if (behind > inside) end = inside = behind;
  }
  return end;
}

}  // namespace

bool WordReader::next(Word* word) {
  while (at_ < text_.size()) {
    const std::size_t begin = at_;
    std::size_t next = at_;
    const Class kind = class_at(text_, at_, &next);
    at_ = next;
    if (kind == Class::kSign || (kind == Class::kInside && text_[begin] == '*')) {
      *word = {{begin, next}, WordKind::kSign};
      return true;
    }
    if (kind != Class::kWord) continue;
    at_ = whole_word_end(text_, next);
    *word = {{begin, at_}, WordKind::kWord};
    return true;
  }
  return false;
}

bool forms_compound(std::string_view text, const ByteRange& left, const ByteRange& right) {
  constexpr std::string_view kConnectors = "-._/,~|+&^=:;`";
  return right.begin - left.end == 1 && kConnectors.find(text[left.end]) != std::string_view::npos;
}

}  // namespace dss::tokenizer
