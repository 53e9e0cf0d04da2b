#include "tokenizer/words.h"

#include <array>
#include <bit>
#include <cstdint>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

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

// Signs that make a compound of the words on both sides.
constexpr auto kConnects = [] {
  std::array<bool, 256> table{};
  for (const char c : std::string_view("-._/,~|+&^=:;`")) {
    table[static_cast<unsigned char>(c)] = true;
  }
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

#if defined(__SSE2__)
constexpr std::size_t kLane = 16;

// How many of the kLane bytes from `at` on are ASCII letters and digits before the first other.
std::size_t plain_in_lane(const char* at) {
  const auto between = [](__m128i bytes, char first, char last) {
    return _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8(static_cast<char>(first - 1))),
                         _mm_cmplt_epi8(bytes, _mm_set1_epi8(static_cast<char>(last + 1))));
  };
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
  const __m128i word = _mm_or_si128(between(bytes, 'a', 'z'), between(bytes, '0', '9'));
  const auto others = static_cast<std::uint32_t>(_mm_movemask_epi8(word)) ^ 0x1FFFF;
  return static_cast<std::size_t>(std::countr_zero(others));
}
#endif

// End of the ASCII letters and digits that begin at `at`.
std::size_t plain_end(std::string_view text, std::size_t at) {
#if defined(__SSE2__)
  while (text.size() - at >= kLane) {
    const std::size_t plain = plain_in_lane(text.data() + at);
    at += plain;
    if (plain < kLane) return at;
  }
#endif
  while (at < text.size() && class_of(text[at]) == Class::kWord) ++at;
  return at;
}

// End of the run of word characters that begins at `at`.
std::size_t word_end(std::string_view text, std::size_t at) {
  for (;;) {
    at = plain_end(text, at);
    std::size_t next = at;
    if (at == text.size() || class_of(text[at]) != Class::kWide ||
        class_at(text, at, &next) != Class::kWord) {
      return at;
    }
    at = next;
  }
}

// The same with up to two apostrophes or masking stars between letters counted in; `*masked` is
// set if a star is.
std::size_t whole_word_end(std::string_view text, std::size_t at, bool* masked) {
  constexpr std::size_t kMostInside = 2;
  std::size_t end = word_end(text, at);
  for (std::size_t inside = end; inside < text.size() && inside - end < kMostInside;) {
    if (class_of(text[inside]) != Class::kInside) break;
    const std::size_t behind = word_end(text, ++inside);
    if (behind == inside) continue;
    *masked = *masked || text.substr(end, behind - end).find('*') != std::string_view::npos;
    end = inside = behind;
  }
  return end;
}

}  // namespace

// The next word if it is what most are: behind at most two signs that say nothing, of ASCII, before
// something that ends it.
bool WordReader::next_plain(Word* word) {
#if defined(__SSE2__)
  if (text_.size() - at_ < kLane + 2) return false;
  std::size_t begin = at_;
  begin += class_of(text_[begin]) == Class::kSkip ? 1 : 0;
  begin += class_of(text_[begin]) == Class::kSkip ? 1 : 0;
  const std::size_t size = plain_in_lane(text_.data() + begin);
  if (size == 0 || size == kLane) return false;
  const Class behind = class_of(text_[begin + size]);
  if (behind != Class::kSkip && behind != Class::kSign) return false;
  at_ = begin + size;
  *word = {{begin, at_}, WordKind::kWord, false};
  return true;
#else
  (void)word;
  return false;
#endif
}

bool WordReader::next(Word* word) {
  if (next_plain(word)) return true;
  while (at_ < text_.size()) {
    const std::size_t begin = at_;
    if (class_of(text_[begin]) == Class::kSkip) {
      ++at_;
      continue;
    }
    std::size_t next = at_;
    const Class kind = class_at(text_, at_, &next);
    at_ = next;
    if (kind == Class::kSign || (kind == Class::kInside && text_[begin] == '*')) {
      *word = {{begin, next}, WordKind::kSign, false};
      return true;
    }
    if (kind != Class::kWord) continue;
    bool masked = false;
    at_ = whole_word_end(text_, next, &masked);
    *word = {{begin, at_}, WordKind::kWord, masked};
    return true;
  }
  return false;
}

bool forms_compound(std::string_view text, const ByteRange& left, const ByteRange& right) {
  return right.begin - left.end == 1 && kConnects[static_cast<unsigned char>(text[left.end])];
}

}  // namespace dss::tokenizer
