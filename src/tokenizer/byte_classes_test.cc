#include "tokenizer/byte_classes.h"

#include <gtest/gtest.h>

#include <array>

#include "base/rng.h"

namespace dss::tokenizer {
namespace {

using Block = std::array<char, kBlock>;

void expect_same(const Block& block) {
  Block blanked;
  Block expected_blanked;
  const ByteClasses classes = read_block(block.data(), blanked.data());
  const ByteClasses expected = read_block_portable(block.data(), expected_blanked.data());
  EXPECT_EQ(classes.word, expected.word);
  EXPECT_EQ(classes.inside, expected.inside);
  EXPECT_EQ(classes.sign, expected.sign);
  EXPECT_EQ(classes.connect, expected.connect);
  EXPECT_EQ(classes.other, expected.other);
  EXPECT_EQ(blanked, expected_blanked);
}

TEST(ByteClasses, EveryByteInEveryPlace) {
  for (int byte = 0; byte < 256; ++byte) {
    Block block;
    for (std::size_t i = 0; i < block.size(); ++i) {
      block[i] = static_cast<char>(static_cast<std::size_t>(byte) + i);
    }
    expect_same(block);
  }
}

TEST(ByteClasses, OfARandomBlock) {
  base::Rng rng(5);
  for (int round = 0; round < 1000; ++round) {
    Block block;
    for (char& c : block) c = static_cast<char>(rng.below(256));
    expect_same(block);
  }
}

TEST(ByteClasses, AByteIsOfOneClassAtMost) {
  Block block;
  for (int first = 0; first < 256; first += 64) {
    for (std::size_t i = 0; i < kBlock; ++i) {
      block[i] = static_cast<char>(static_cast<std::size_t>(first) + i);
    }
    Block blanked;
    const ByteClasses of = read_block(block.data(), blanked.data());
    std::uint64_t seen = 0;
    for (const std::uint64_t bits : {of.word, of.inside, of.sign, of.connect, of.other}) {
      EXPECT_EQ(seen & bits, 0U);
      seen |= bits;
    }
  }
}

}  // namespace
}  // namespace dss::tokenizer
