#include "crypto/keyed_hash.h"

#include <bit>
#include <cstddef>

#include "crypto/random.h"

namespace dss::crypto {
namespace {

std::uint64_t load_little_endian(const std::uint8_t* bytes, std::size_t count) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < count; ++i) value |= static_cast<std::uint64_t>(bytes[i]) << (8 * i);
  return value;
}

struct SipState {
  std::uint64_t v0, v1, v2, v3;

  void round() {
    v0 += v1, v1 = std::rotl(v1, 13) ^ v0, v0 = std::rotl(v0, 32);
    v2 += v3, v3 = std::rotl(v3, 16) ^ v2;
    v0 += v3, v3 = std::rotl(v3, 21) ^ v0;
    v2 += v1, v1 = std::rotl(v1, 17) ^ v2, v2 = std::rotl(v2, 32);
  }
  void absorb(std::uint64_t word) {
    v3 ^= word;
    round();
    round();
    v0 ^= word;
  }
};

}  // namespace

KeyedHash::KeyedHash(const Key& key)
    : k0_(load_little_endian(key.data(), 8)), k1_(load_little_endian(key.data() + 8, 8)) {}

KeyedHash KeyedHash::with_random_key() {
  Key key;
  random_bytes(key);
  return KeyedHash(key);
}

std::uint64_t KeyedHash::operator()(std::string_view bytes) const {
  SipState state{k0_ ^ 0x736f6d6570736575ULL, k1_ ^ 0x646f72616e646f6dULL,
                 k0_ ^ 0x6c7967656e657261ULL, k1_ ^ 0x7465646279746573ULL};
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const std::size_t whole = bytes.size() / 8 * 8;
  for (std::size_t i = 0; i < whole; i += 8) state.absorb(load_little_endian(data + i, 8));
  state.absorb(load_little_endian(data + whole, bytes.size() - whole) |
               static_cast<std::uint64_t>(bytes.size()) << 56);
  state.v2 ^= 0xFF;
  for (int i = 0; i < 4; ++i) state.round();
  return state.v0 ^ state.v1 ^ state.v2 ^ state.v3;
}

}  // namespace dss::crypto
