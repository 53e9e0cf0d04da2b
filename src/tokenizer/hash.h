// The hash of the feature extractor: XXH3-64 with seed 0 over a kind byte and the UTF-8 bytes of
// the n-gram.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace dss::tokenizer {

/// First byte of what is hashed: keeps "fool" the word apart from "fool" the four characters.
enum class Kind : char { kWord = 'w', kCharacters = 'c', kShout = 's' };

/// REQUIRES: `keyed` begins with its kind byte.
[[nodiscard]] inline std::uint64_t hash_keyed(std::string_view keyed) {
  return XXH3_64bits(keyed.data(), keyed.size());
}

/// The same for `size` bytes (2 to 7) in the low bytes of `bytes`, as loaded from memory: no copy
/// is made.
template <std::size_t size>
[[nodiscard]] inline std::uint64_t hash_characters(std::uint64_t bytes) {
  static_assert(size >= 2 && size <= 7);
  const std::uint64_t keyed = (bytes << 8) | static_cast<unsigned char>(Kind::kCharacters);
  return XXH3_64bits(&keyed, size + 1);
}

}  // namespace dss::tokenizer
