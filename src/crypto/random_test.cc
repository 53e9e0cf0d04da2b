#include "crypto/random.h"

#include <set>

#include "gtest/gtest.h"

namespace dss::crypto {
namespace {

TEST(Random, NeverRepeatsAndUsesEveryBit) {
  std::set<std::uint64_t> seen;
  std::uint64_t ones = 0;
  std::uint64_t zeros = 0;
  for (int i = 0; i < 1000; ++i) {
    const std::uint64_t value = random_u64();
    seen.insert(value);
    ones |= value;
    zeros |= ~value;
  }
  EXPECT_EQ(seen.size(), 1000U);
  EXPECT_EQ(ones & zeros, ~0ULL);
}

TEST(Random, HexHasTwoDigitsAByte) {
  const std::string hex = random_hex(16);
  EXPECT_EQ(hex.size(), 32U);
  EXPECT_EQ(hex.find_first_not_of("0123456789abcdef"), std::string::npos);
  EXPECT_NE(hex, random_hex(16));
  EXPECT_EQ(random_hex(0), "");
}

}  // namespace
}  // namespace dss::crypto
