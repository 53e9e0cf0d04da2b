// What each byte of a plain text is to the tokenizer, 64 bytes at a time.
#pragma once

#include <cstdint>

namespace dss::tokenizer {

inline constexpr std::size_t kBlock = 64;

/// One bit a byte; byte i of the block is bit i.
struct ByteClasses {
  std::uint64_t word = 0;     ///< a-z, 0-9
  std::uint64_t inside = 0;   ///< apostrophes and stars, which may belong to the words beside them
  std::uint64_t sign = 0;     ///< a word by itself: "!", "?", "#", …
  std::uint64_t connect = 0;  ///< skipped, but makes a compound of the words beside it
  std::uint64_t other = 0;    ///< a capital, or a byte above ASCII
};

/// Looks at the kBlock bytes at `from` and writes them to `blanked` with a blank for all but
/// `word` and `inside`.
[[nodiscard]] ByteClasses read_block(const char* from, char* blanked);

/// The same for one byte after the other, for tests.
[[nodiscard]] ByteClasses read_block_portable(const char* from, char* blanked);

}  // namespace dss::tokenizer
