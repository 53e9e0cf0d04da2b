#include "text/byte_map.h"

#include <cstring>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace dss::text {
namespace {

#if defined(__SSE2__)

constexpr std::size_t kLane = 16;

std::uint64_t bits_of(__m128i mask) { return static_cast<std::uint32_t>(_mm_movemask_epi8(mask)); }

__m128i is(__m128i bytes, char c) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)); }

// Signed comparison: bytes above ASCII are below everything.
__m128i between(__m128i bytes, char first, char last) {
  return _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8(static_cast<char>(first - 1))),
                       _mm_cmplt_epi8(bytes, _mm_set1_epi8(static_cast<char>(last + 1))));
}

// Reads 16 bytes; `small` is where they go, and the byte before it is that of the lane before.
// `repeat` gets the bytes that equal the one before.
void read_lane(const char* from, char* small, unsigned shift, ByteBlock* block) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
  const __m128i case_bit = _mm_set1_epi8(0x20);
  const __m128i letter = between(_mm_or_si128(bytes, case_bit), 'a', 'z');
  const __m128i capital = between(bytes, 'A', 'Z');
  const __m128i digit = between(bytes, '0', '9');
  const __m128i stop =
      _mm_or_si128(_mm_or_si128(_mm_cmplt_epi8(bytes, _mm_set1_epi8('!')), is(bytes, 0x7F)),
                   _mm_or_si128(_mm_or_si128(is(bytes, '@'), is(bytes, '$')),
                                _mm_or_si128(is(bytes, '|'), is(bytes, '+'))));
  const __m128i other =
      _mm_or_si128(_mm_or_si128(letter, digit), _mm_or_si128(stop, is(bytes, '\'')));
  const __m128i lower = _mm_or_si128(bytes, _mm_and_si128(capital, case_bit));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(small), lower);
  const __m128i before = _mm_loadu_si128(reinterpret_cast<const __m128i*>(small - 1));
  block->letter |= bits_of(letter) << shift;
  block->capital |= bits_of(capital) << shift;
  block->digit |= bits_of(digit) << shift;
  block->mark |= (bits_of(other) ^ 0xFFFF) << shift;
  block->stop |= bits_of(stop) << shift;
  block->repeat |= bits_of(_mm_cmpeq_epi8(lower, before)) << shift;
}

#else

constexpr std::size_t kLane = 1;

void read_lane(const char* from, char* small, unsigned shift, ByteBlock* block) {
  const char c = *from;
  const bool capital = c >= 'A' && c <= 'Z';
  const bool letter = capital || (c >= 'a' && c <= 'z');
  const bool digit = c >= '0' && c <= '9';
  const auto byte = static_cast<unsigned char>(c);
  const bool stop = byte <= 0x20 || byte >= 0x7F || c == '@' || c == '$' || c == '|' || c == '+';
  const bool mark = !letter && !digit && !stop && c != '\'';
  *small = capital ? static_cast<char>(c + 0x20) : c;
  const auto put = [shift](bool yes, std::uint64_t* bits) { *bits |= std::uint64_t{yes} << shift; };
  put(letter, &block->letter);
  put(capital, &block->capital);
  put(digit, &block->digit);
  put(mark, &block->mark);
  put(stop, &block->stop);
  put(*small == small[-1], &block->repeat);
}

#endif

}  // namespace

void ByteMap::read(std::string_view text) {
  size_ = text.size();
  const std::size_t filled = (size_ + 63) / 64;
  if (blocks_.size() < filled + 2) blocks_.resize(2 * filled + 2);
  if (small_.size() < kFront + 64 * filled) small_.resize(kFront + 128 * filled);
  char* const small = small_.data() + kFront;
  small[-1] = text.empty() ? '\0' : static_cast<char>(~text[0]);  // equals not even a zero
  std::uint64_t carry = 0;  // whether the last byte so far equalled the one before it
  for (std::size_t number = 0; number < filled; ++number) {
    const std::size_t at = number * 64;
    char tail[64];
    const char* from = text.data() + at;
    if (size_ - at < 64) {
      std::memset(tail, ' ', sizeof tail);
      std::memcpy(tail, from, size_ - at);
      from = tail;
    }
    ByteBlock block;
    for (std::size_t i = 0; i < 64; i += kLane) {
      read_lane(from + i, small + at + i, static_cast<unsigned>(i), &block);
    }
    const std::uint64_t equal = block.repeat;
    block.repeat = equal & (equal << 1 | carry);
    carry = equal >> 63;
    block.easy = block.letter & ~block.capital & ~block.repeat;
    blocks_[number] = block;
  }
  blocks_[filled] = {};
  blocks_[filled + 1] = {};
  blocks_[filled].stop = blocks_[filled + 1].stop = ~std::uint64_t{0};
}

}  // namespace dss::text
