// What kind each byte of a text is, 64 bytes at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dss::text {

/// One bit a byte; byte i of the block is bit i.
struct ByteBlock {
  /// No repeat, and a-z, or A-Z at the begin of a word, or a mark behind two letters at its end.
  std::uint64_t easy = 0;
  std::uint64_t letter = 0;   ///< a-z, A-Z
  std::uint64_t capital = 0;  ///< A-Z
  std::uint64_t digit = 0;
  std::uint64_t mark = 0;  ///< other printable ASCII, but for the apostrophe and "@$|+"
  std::uint64_t stop = 0;  ///< white space, controls, "@$|+", and every byte above ASCII
  std::uint64_t repeat =
      0;  ///< the third or later of equal bytes in a row, capitals taken for small
  std::uint64_t blank = 0;  ///< ' '
  /// A blank between two words; an apostrophe between letters; an easy byte, but of a letter that
  /// is a whole word only if a blank and a longer word follow.
  std::uint64_t smooth = 0;
};

/// The bits of a whole text, and a copy of it with small ASCII letters. Keeps memory from text to
/// text. Not thread-safe.
class ByteMap {
 public:
  /// Words of this length or more have to be looked at byte by byte.
  static constexpr std::size_t kWindow = 64;

  void read(std::string_view text);

  /// The first stop at or behind `at`; the text's size if there is none. REQUIRES: at <= size.
  [[nodiscard]] std::size_t stop_from(std::size_t at) const {
    std::size_t block = at / 64;
    std::uint64_t bits = blocks_[block].stop >> (at % 64) << (at % 64);
    while (bits == 0) bits = blocks_[++block].stop;
    return block * 64 + static_cast<std::size_t>(__builtin_ctzll(bits));
  }

  /// The first byte at or behind `at` that is not smooth; the text's size if there is none.
  /// REQUIRES: at <= size.
  [[nodiscard]] std::size_t rough_from(std::size_t at) const {
    std::size_t block = at / 64;
    std::uint64_t bits = ~blocks_[block].smooth >> (at % 64) << (at % 64);
    while (bits == 0) bits = ~blocks_[++block].smooth;
    return block * 64 + static_cast<std::size_t>(__builtin_ctzll(bits));
  }

  /// The bits of kind `kind` from `at` on; bit 0 is byte `at`. Behind the text they are 0.
  [[nodiscard]] std::uint64_t window(std::uint64_t ByteBlock::* kind, std::size_t at) const {
    const std::size_t block = at / 64;
    const std::size_t shift = at % 64;
    const std::uint64_t low = blocks_[block].*kind >> shift;
    return shift == 0 ? low : low | blocks_[block + 1].*kind << (64 - shift);
  }

  /// The last stop in front of `at`, no more than kWindow bytes away; `at` if there is none.
  /// REQUIRES: at <= size.
  [[nodiscard]] std::size_t stop_before(std::size_t at) const {
    const std::size_t from = at < kWindow ? 0 : at - kWindow;
    std::uint64_t bits = window(&ByteBlock::stop, from);
    if (at - from < kWindow) bits &= (std::uint64_t{1} << (at - from)) - 1;
    return bits == 0 ? at : from + 63 - static_cast<std::size_t>(__builtin_clzll(bits));
  }

  /// The text with a-z for A-Z.
  [[nodiscard]] std::string_view small() const { return {small_.data(), size_}; }

 private:
  void find_smooth(std::size_t filled);

  std::vector<ByteBlock> blocks_;  // two more than the text fills
  std::vector<char> small_;
  std::size_t size_ = 0;
};

}  // namespace dss::text
