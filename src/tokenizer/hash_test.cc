#include "tokenizer/hash.h"

#include <gtest/gtest.h>

#include <string>

namespace dss::tokenizer {
namespace {

TEST(Hash, IsXxh3WithSeedZeroOverTheKindByteAndTheBytes) {
  // Fixed, so that a model keeps its meaning whatever library computes the hash.
  EXPECT_EQ(hash_keyed("wfool"), 0xe253af061c4d7f2bULL);
}

template <std::size_t size>
void expect_same(std::string_view text) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, text.data(), sizeof bytes);
  EXPECT_EQ(hash_characters<size>(bytes), hash_keyed("c" + std::string(text.substr(0, size))));
}

TEST(Hash, FromARegisterEqualsFromMemory) {
  for (const std::string_view text : {"abcdefgh", " you are", "12345678"}) {
    expect_same<2>(text);
    expect_same<3>(text);
    expect_same<4>(text);
    expect_same<5>(text);
    expect_same<7>(text);
  }
}

}  // namespace
}  // namespace dss::tokenizer
