#include "tokenizer/character_map.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

namespace dss::tokenizer {
namespace {

constexpr std::uint16_t kCommon = 4;

TEST(CharacterMap, HoldsZeroAtFirst) {
  const CharacterMap map(kCommon);
  EXPECT_EQ(map[0], 0);
  EXPECT_EQ(map[0x10FFFF], 0);
}

TEST(CharacterMap, SetsOneAndLeavesItsNeighbours) {
  CharacterMap map(kCommon);
  map.set(0xE9, 900);
  EXPECT_EQ(map[0xE8], 0);
  EXPECT_EQ(map[0xE9], 900);
  EXPECT_EQ(map[0xEA], 0);
}

TEST(CharacterMap, OneOfASharedBlockIsSetAlone) {
  CharacterMap map(kCommon);
  map.set_range(0x4E00, 0x9FFF, 3);
  map.set(0x5000, 77);
  EXPECT_EQ(map[0x4FFF], 3);
  EXPECT_EQ(map[0x5000], 77);
  EXPECT_EQ(map[0x5001], 3);
  EXPECT_EQ(map[0x6000], 3);
}

TEST(CharacterMap, RangesEndWhereTheyAreToldTo) {
  CharacterMap map(kCommon);
  map.set_range(0x3400, 0x4DBF, 2);
  map.set_range(0x10FF00, 0x10FFFF, 1);
  EXPECT_EQ(map[0x33FF], 0);
  EXPECT_EQ(map[0x3400], 2);
  EXPECT_EQ(map[0x4DBF], 2);
  EXPECT_EQ(map[0x4DC0], 0);
  EXPECT_EQ(map[0x10FEFF], 0);
  EXPECT_EQ(map[0x10FFFF], 1);
}

RC_GTEST_PROP(CharacterMapProperty, IsLikeAMap, ()) {
  CharacterMap map(kCommon);
  std::map<char32_t, std::uint16_t> expected;
  const auto steps = *rc::gen::inRange(0, 20);
  for (int step = 0; step < steps; ++step) {
    const auto first = static_cast<char32_t>(*rc::gen::inRange(0, 1000));
    const auto last = first + static_cast<char32_t>(*rc::gen::inRange(0, 400));
    const auto value = static_cast<std::uint16_t>(*rc::gen::inRange(0, int{kCommon}));
    map.set_range(first, last, value);
    for (char32_t c = first; c <= last; ++c) expected[c] = value;
    map.set(first, 500);
    expected[first] = 500;
  }
  for (const auto& [c, value] : expected) RC_ASSERT(map[c] == value);
}

}  // namespace
}  // namespace dss::tokenizer
