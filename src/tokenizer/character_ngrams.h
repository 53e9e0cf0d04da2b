// Hashes of the characters of one word of ASCII.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "tokenizer/hash.h"

namespace dss::tokenizer {

inline constexpr std::size_t kShortestCharacters = 4;
inline constexpr std::size_t kLongestCharacters = 5;
inline constexpr std::size_t kCharactersLoad = 8;  ///< bytes that one n-gram's hash may load

[[nodiscard]] inline std::uint64_t load_characters(const char* at) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, at, sizeof bytes);
  return bytes;
}

/// Writes the hashes of every 4 or 5 of the `length` ASCII characters at `at`, fewer than
/// 2 · length; returns one past the last. REQUIRES: kCharactersLoad bytes may be loaded from any of
/// them.
inline std::uint32_t* hash_ascii_characters(const char* at, std::size_t length,
                                            std::uint32_t* out) {
  for (; length >= kLongestCharacters; --length, ++at, out += 2) {
    const std::uint64_t bytes = load_characters(at);
    out[0] = hash_characters<4>(bytes);
    out[1] = hash_characters<5>(bytes);
  }
  if (length >= kShortestCharacters) *out++ = hash_characters<4>(load_characters(at));
  return out;
}

}  // namespace dss::tokenizer
