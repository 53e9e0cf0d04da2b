#include "tokenizer/byte_classes.h"

#include <cstddef>
#include <string_view>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace dss::tokenizer {
namespace {

#if defined(__SSE2__)

constexpr std::size_t kLane = 16;

__m128i is(__m128i bytes, char c) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)); }

// Signed comparison: bytes above ASCII are below everything.
__m128i between(__m128i bytes, char first, char last) {
  return _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8(static_cast<char>(first - 1))),
                       _mm_cmplt_epi8(bytes, _mm_set1_epi8(static_cast<char>(last + 1))));
}

template <typename... Masks>
__m128i any(__m128i first, Masks... rest) {
  ((first = _mm_or_si128(first, rest)), ...);
  return first;
}

std::uint64_t bits_of(__m128i mask) { return static_cast<std::uint32_t>(_mm_movemask_epi8(mask)); }

void read_lane(const char* from, char* blanked, unsigned shift, ByteClasses* classes) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
  const __m128i word = any(between(bytes, 'a', 'z'), between(bytes, '0', '9'));
  const __m128i inside = any(is(bytes, '\''), is(bytes, '*'));
  const __m128i sign = any(between(bytes, '#', '&'), between(bytes, '>', '@'), is(bytes, '!'),
                           is(bytes, '+'), is(bytes, '<'), is(bytes, '^'), is(bytes, '~'));
  const __m128i connect = any(between(bytes, ',', '/'), between(bytes, ':', ';'), is(bytes, '_'),
                              is(bytes, '='), is(bytes, '`'), is(bytes, '|'));
  const __m128i other = any(bytes, between(bytes, 'A', 'Z'));
  const __m128i kept = _mm_or_si128(word, inside);
  const __m128i blanks = _mm_andnot_si128(kept, _mm_set1_epi8(' '));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(blanked),
                   _mm_or_si128(_mm_and_si128(kept, bytes), blanks));
  classes->word |= bits_of(word) << shift;
  classes->inside |= bits_of(inside) << shift;
  classes->sign |= bits_of(sign) << shift;
  classes->connect |= bits_of(connect) << shift;
  classes->other |= bits_of(other) << shift;  // the highest bit of each byte
}

#endif

bool is_one_of(std::string_view set, char c) { return set.find(c) != std::string_view::npos; }

}  // namespace

ByteClasses read_block_portable(const char* from, char* blanked) {
  ByteClasses classes;
  for (std::size_t i = 0; i < kBlock; ++i) {
    const char c = from[i];
    const std::uint64_t bit = std::uint64_t{1} << i;
    const bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    const bool inside = c == '\'' || c == '*';
    const bool capital = c >= 'A' && c <= 'Z';
    if (word) classes.word |= bit;
    if (inside) classes.inside |= bit;
    if (is_one_of("!#$%&+<>?@^~", c)) classes.sign |= bit;
    if (is_one_of(",-./:;_=`|", c)) classes.connect |= bit;
    if (capital || static_cast<unsigned char>(c) >= 0x80) classes.other |= bit;
    blanked[i] = word || inside ? c : ' ';
  }
  return classes;
}

ByteClasses read_block(const char* from, char* blanked) {
#if defined(__SSE2__)
  ByteClasses classes;
#pragma GCC unroll 4
  for (std::size_t i = 0; i < kBlock; i += kLane) {
    read_lane(from + i, blanked + i, static_cast<unsigned>(i), &classes);
  }
  return classes;
#else
  return read_block_portable(from, blanked);
#endif
}

}  // namespace dss::tokenizer
