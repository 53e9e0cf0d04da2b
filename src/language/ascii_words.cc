#include "language/ascii_words.h"

#include <bit>
#include <cstring>

#include "language/features.h"

#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace dss::language {
namespace {

using features_internal::kRowsOfLatin;
using features_internal::kWord;

// One bit a byte.
struct Bytes {
  std::uint64_t letter = 0;  // a-z, A-Z
  std::uint64_t equal = 0;   // equals the byte before it, capitals taken for small
  std::uint64_t w = 0;       // w, W
  std::uint64_t point = 0;
  std::uint64_t colon = 0;
  std::uint64_t other = 0;  // "@", and every byte above ASCII
};

#if defined(__SSE2__)

constexpr std::size_t kLane = 16;

std::uint64_t bits_of(__m128i mask) { return static_cast<std::uint32_t>(_mm_movemask_epi8(mask)); }

__m128i is(__m128i bytes, char c) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)); }

void read_lane(const char* from, std::uint8_t* symbols, unsigned shift, __m128i* before,
               Bytes* read) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
  const __m128i small = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
  const __m128i symbol = _mm_sub_epi8(small, _mm_set1_epi8('a' - 1));
  const __m128i letter = _mm_and_si128(_mm_cmpgt_epi8(symbol, _mm_setzero_si128()),
                                       _mm_cmplt_epi8(symbol, _mm_set1_epi8(27)));
  const __m128i moved_up =
      _mm_or_si128(_mm_slli_si128(small, 1), _mm_srli_si128(*before, kLane - 1));
  *before = small;
  _mm_storeu_si128(reinterpret_cast<__m128i*>(symbols), _mm_and_si128(symbol, letter));
  read->letter |= bits_of(letter) << shift;
  read->equal |= bits_of(_mm_cmpeq_epi8(small, moved_up)) << shift;
  read->w |= bits_of(is(small, 'w')) << shift;
  read->point |= bits_of(is(bytes, '.')) << shift;
  read->colon |= bits_of(is(bytes, ':')) << shift;
  read->other |= bits_of(_mm_or_si128(bytes, is(bytes, '@'))) << shift;  // each highest bit
}

Bytes read_all(const char* from, std::uint8_t* symbols) {
  Bytes read;
  __m128i before = _mm_setzero_si128();
#pragma GCC unroll 4
  for (std::size_t i = 0; i < AsciiWords::kBlock; i += kLane) {
    read_lane(from + i, symbols + i, static_cast<unsigned>(i), &before, &read);
  }
  return read;
}

#else

Bytes read_all(const char* from, std::uint8_t* symbols) {
  Bytes read;
  for (std::size_t i = 0; i < AsciiWords::kBlock; ++i) {
    const auto byte = static_cast<unsigned char>(from[i]);
    const auto small = static_cast<unsigned char>(byte | 0x20);
    const bool letter = small >= 'a' && small <= 'z';
    const auto put = [i](bool yes, std::uint64_t* bits) { *bits |= std::uint64_t{yes} << i; };
    symbols[i] = letter ? static_cast<std::uint8_t>(small - 'a' + 1) : 0;
    put(letter, &read.letter);
    put(i > 0 && small == static_cast<unsigned char>(from[i - 1] | 0x20), &read.equal);
    put(small == 'w', &read.w);
    put(byte == '.', &read.point);
    put(byte == ':', &read.colon);
    put(byte >= 0x80 || byte == '@', &read.other);
  }
  return read;
}

#endif

// Calls `use(i)` for every bit i that is set, from the lowest on.
template <typename Use>
void each_bit(std::uint64_t bits, Use use) {
  for (; bits != 0; bits &= bits - 1) use(static_cast<std::size_t>(std::countr_zero(bits)));
}

// "www." or a letter before a colon that may end "http" or "https".
bool may_have_address(const Bytes& read, const char* from) {
  bool found = (read.point & read.w << 1 & read.w << 2) != 0;
  each_bit(read.colon & read.letter << 1, [&](std::size_t i) {
    const char last = static_cast<char>(from[i - 1] | 0x20);
    found |= last == 'p' || last == 's';
  });
  return found;
}

}  // namespace

bool AsciiWords::read(std::span<const char, kBlock> block, std::uint64_t piece) {
  return read_bytes(block.data(), piece) && find_words();
}

bool AsciiWords::read_bytes(const char* from, std::uint64_t piece) {
  const Bytes read = read_all(from, symbols_.data() + kBefore);
  letters_ = read.letter & piece;
  const std::uint64_t outside = read.letter & ~piece;
  const bool cut = ((letters_ << 1 & outside) | (outside << 1 & letters_)) != 0;
  const bool stretched = (letters_ & read.equal & read.equal << 1) != 0;
  return (read.other & piece) == 0 && !cut && !stretched && !may_have_address(read, from);
}

// False if one is too long.
bool AsciiWords::find_words() {
  count_ = 0;
  // The last word may end behind the block.
  const std::uint64_t edges = letters_ ^ letters_ << 1;
  std::size_t longest = 0;
  const auto add = [this, &longest](std::size_t begin, std::size_t end) {
    longest = end - begin > longest ? end - begin : longest;
    words_[count_++] = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end),
                        hash_of(begin, end - begin)};
  };
  for (std::uint64_t left = edges; left != 0;) {
    const auto begin = static_cast<std::size_t>(std::countr_zero(left));
    left &= left - 1;
    add(begin, static_cast<std::size_t>(std::countr_zero(left)));
    left &= left - 1;
  }
  return longest <= static_cast<std::size_t>(kMaxWordLetters);
}

// Most words are of eight letters or less: each step is made, and the one that is needed is chosen.
std::uint64_t AsciiWords::hash_of(std::size_t begin, std::size_t size) const {
  constexpr std::size_t kUsual = 8;
  const std::uint8_t* const symbols = symbols_.data() + kBefore + begin;
  std::array<std::uint64_t, kUsual + 1> after;
  std::uint64_t hash = 0;
#pragma GCC unroll 8
  for (std::size_t i = 0; i < kUsual; ++i) {
    hash = (hash ^ symbols[i]) * kWord;
    after[i + 1] = hash;
  }
  if (size <= kUsual) return after[size];
  for (std::size_t i = kUsual; i < size; ++i) hash = (hash ^ symbols[i]) * kWord;
  return hash;
}

// The symbol at `at` in the lowest byte, and the three before it.
std::uint32_t AsciiWords::last_four(std::size_t at) const {
  std::uint32_t four;
  std::memcpy(&four, symbols_.data() + at, sizeof four);
  return std::endian::native == std::endian::little ? __builtin_bswap32(four) : four;
}

std::uint32_t* AsciiWords::append_rows(std::uint32_t* rows) const {
  const std::uint64_t one_before = letters_ << 1;
  const std::uint64_t two_before = letters_ << 2;
  const std::uint64_t has_four = one_before & (letters_ | two_before);
  // Of a word's second letter, the last symbol but three may be of the word before.
  const std::uint64_t second = one_before & ~two_before;
  each_bit(letters_ | one_before, [&](std::size_t i) {
    const std::uint32_t four = last_four(i);
    const std::uint32_t of_word = 0xFFFFFFFF >> (second >> i & 1) * 8;
    rows[0] = kRowsOfLatin.of_pair(four);
    rows[1] = kRowsOfLatin.of_four(four & of_word);
    rows += 1 + (has_four >> i & 1);
  });
  // Behind the block a word may end.
  rows[0] = kRowsOfLatin.of_pair(last_four(kBlock));
  rows += letters_ >> 63;
  rows[0] = kRowsOfLatin.of_four(last_four(kBlock));
  rows += letters_ >> 62 == 3 ? 1 : 0;
  return rows;
}

}  // namespace dss::language
