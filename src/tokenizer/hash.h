// The hashes of the feature extractor. A model's weights stand in the buckets that they give: other
// hashes need another model.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace dss::tokenizer {

static_assert(std::endian::native == std::endian::little, "n-grams are hashed as loaded");

/// Keeps "fool" the word apart from "fool" the four characters.
enum class Kind : std::uint8_t { kWord = 'w', kCharacters = 'c', kShout = 's' };

/// Folded multiplication: the higher bits of both halves of the 128-bit product, exclusive or. The
/// factor is the next odd number to 2^64 / φ. Keys of few bytes are moved up first, so that both
/// halves depend on all of them.
[[nodiscard]] inline std::uint32_t hash_integer(std::uint64_t key) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = Wide{std::rotl(key, 24)} * 0x9E3779B97F4A7C15U;
  return static_cast<std::uint32_t>(product >> 96) ^ static_cast<std::uint32_t>(product >> 32);
}

/// The higher half of XXH3-64 with the kind as its seed.
[[nodiscard]] inline std::uint32_t hash_bytes(Kind kind, std::string_view bytes) {
  return static_cast<std::uint32_t>(
      XXH3_64bits_withSeed(bytes.data(), bytes.size(), static_cast<std::uint64_t>(kind)) >> 32);
}

/// Hash of `size` characters (2 to 8 bytes) in the low bytes of `loaded`, as loaded from memory;
/// what is above them does not matter. No byte of a text is 0, so the number names its length too.
template <std::size_t size>
[[nodiscard]] inline std::uint32_t hash_characters(std::uint64_t loaded) {
  static_assert(size >= 2 && size <= 8);
  return hash_integer(loaded & (~std::uint64_t{0} >> (64 - 8 * size)));
}

/// The same of characters that may be longer than 8 bytes.
[[nodiscard]] inline std::uint32_t hash_characters(std::string_view bytes) {
  if (bytes.size() > 8) return hash_bytes(Kind::kCharacters, bytes);
  std::uint64_t loaded = 0;
  std::memcpy(&loaded, bytes.data(), bytes.size());
  return hash_integer(loaded);
}

/// Hash of two words in a row from the hash of each.
[[nodiscard]] inline std::uint32_t hash_pair(std::uint32_t first, std::uint32_t second) {
  return hash_integer((std::uint64_t{first} << 32) | second);
}

}  // namespace dss::tokenizer
