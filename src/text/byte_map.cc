#include "text/byte_map.h"

#include <cstring>
#include <utility>

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

// The small letters of the lane before. Kept, because what was just stored cannot be loaded at
// once from another place on.
class Before {
 public:
  explicit Before(char last) : lane_(_mm_set1_epi8(last)) {}
  // Each byte of `lane` moved up by one, behind the last one of the lane before.
  __m128i moved_up(__m128i lane) {
    const __m128i last = _mm_srli_si128(lane_, kLane - 1);
    lane_ = lane;
    return _mm_or_si128(_mm_slli_si128(lane, 1), last);
  }

 private:
  __m128i lane_;
};

// Reads 16 bytes; `small` is where they go. `repeat` gets the bytes that equal the one before.
void read_lane(const char* from, char* small, unsigned shift, Before* before, ByteBlock* block) {
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
  block->letter |= bits_of(letter) << shift;
  block->capital |= bits_of(capital) << shift;
  block->digit |= bits_of(digit) << shift;
  block->mark |= (bits_of(other) ^ 0xFFFF) << shift;
  block->stop |= bits_of(stop) << shift;
  block->blank |= bits_of(is(bytes, ' ')) << shift;
  block->repeat |= bits_of(_mm_cmpeq_epi8(lower, before->moved_up(lower))) << shift;
}

#else

constexpr std::size_t kLane = 1;

struct Before {
  char last;
};

void read_lane(const char* from, char* small, unsigned shift, Before* before, ByteBlock* block) {
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
  put(c == ' ', &block->blank);
  put(*small == std::exchange(before->last, *small), &block->repeat);
}

#endif

}  // namespace

namespace {

// What the next block needs to know of the one before it.
struct Carry {
  std::uint64_t equal = 0;       // bit 0: the last byte equals the one before it
  std::uint64_t start = 1;       // bit 0: the next byte begins a word, if it is in one
  std::uint64_t letters = 0;     // bits 0 and 1: the last but one byte, the last byte
  bool mark_behind_two = false;  // the last byte may end a word
};

// Fills `repeat` and `easy` of a block of which `repeat` holds the bytes that equal the one before.
void combine(ByteBlock* block, ByteBlock* before, Carry* carry) {
  const std::uint64_t equal = block->repeat;
  block->repeat = equal & (equal << 1 | carry->equal);
  const std::uint64_t start = block->stop << 1 | carry->start;
  const std::uint64_t behind_one = block->letter << 1 | carry->letters >> 1;
  const std::uint64_t behind_two = block->letter << 2 | carry->letters;
  const std::uint64_t mark_behind_two = block->mark & behind_one & behind_two;
  const std::uint64_t easy_letter = block->letter & (~block->capital | start);
  block->easy = (easy_letter | (mark_behind_two & block->stop >> 1)) & ~block->repeat;
  if (carry->mark_behind_two) before->easy |= (block->stop & ~before->repeat >> 63 & 1) << 63;
  *carry = {equal >> 63, block->stop >> 63, block->letter >> 62, mark_behind_two >> 63 != 0};
}

// The bits moved down by `places`, with those of the next block on top: bit i is byte i + places.
std::uint64_t behind(std::uint64_t bits, std::uint64_t next, int places) {
  return bits >> places | next << (64 - places);
}

// The bits moved up by one, with the last one of the block before below: bit i is byte i - 1.
std::uint64_t before(std::uint64_t bits, std::uint64_t last) { return bits << 1 | last >> 63; }

std::uint64_t smooth_of(const ByteBlock& last, const ByteBlock& block, const ByteBlock& next) {
  const std::uint64_t stop_before = before(block.stop, last.stop);
  const std::uint64_t stop_behind = behind(block.stop, next.stop, 1);
  const std::uint64_t gap = block.blank & ~(stop_before | stop_behind);
  const std::uint64_t apostrophe = ~(block.letter | block.digit | block.mark | block.stop);
  const std::uint64_t within =
      before(block.letter, last.letter) & behind(block.letter, next.letter, 1);
  const std::uint64_t alone = stop_before & stop_behind;
  const std::uint64_t short_behind =
      behind(block.stop, next.stop, 2) | behind(block.stop, next.stop, 3);
  const std::uint64_t word_behind = behind(block.blank, next.blank, 1) & ~short_behind;
  return gap | (apostrophe & within) | (block.easy & (~alone | word_behind));
}

}  // namespace

void ByteMap::find_smooth(std::size_t filled) {
  ByteBlock start;
  start.stop = ~std::uint64_t{0};
  const ByteBlock* last = &start;
  for (std::size_t number = 0; number < filled; ++number) {
    blocks_[number].smooth = smooth_of(*last, blocks_[number], blocks_[number + 1]);
    last = &blocks_[number];
  }
}

void ByteMap::read(std::string_view text) {
  size_ = text.size();
  const std::size_t filled = (size_ + 63) / 64;
  if (blocks_.size() < filled + 2) blocks_.resize(2 * filled + 2);
  if (small_.size() < 64 * filled) small_.resize(128 * filled);
  char* const small = small_.data();
  Before before(text.empty() ? '\0' : static_cast<char>(~text[0]));  // equals not even a zero
  Carry carry;
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
#pragma GCC unroll 4
    for (std::size_t i = 0; i < 64; i += kLane) {
      read_lane(from + i, small + at + i, static_cast<unsigned>(i), &before, &block);
    }
    combine(&block, number == 0 ? &block : &blocks_[number - 1], &carry);
    blocks_[number] = block;
  }
  blocks_[filled] = {};
  blocks_[filled].stop = ~std::uint64_t{0};
  blocks_[filled + 1] = blocks_[filled];
  if (carry.mark_behind_two) {
    ByteBlock& last = blocks_[filled - 1];
    last.easy |= ~last.repeat & (std::uint64_t{1} << 63);
  }
  find_smooth(filled);
}

}  // namespace dss::text
