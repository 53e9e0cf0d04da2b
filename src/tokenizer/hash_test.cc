#include "tokenizer/hash.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <unordered_set>

namespace dss::tokenizer {
namespace {

TEST(Hash, StaysWhatModelsWereTrainedWith) {
  EXPECT_EQ(hash_bytes(Kind::kWord, "fool"), 0x9383e57fU);
  EXPECT_EQ(hash_characters("fool"), 0xbeef91cdU);
  EXPECT_EQ(hash_characters("longer than eight"), 0x85fc845bU);
  EXPECT_EQ(hash_pair(1, 2), 0x8760a381U);
}

template <std::size_t size>
void expect_same(std::string_view text) {
  std::uint64_t loaded = 0;
  std::memcpy(&loaded, text.data(), sizeof loaded);
  EXPECT_EQ(hash_characters<size>(loaded), hash_characters(text.substr(0, size)));
}

TEST(Hash, FromARegisterEqualsFromMemory) {
  for (const std::string_view text : {"abcdefgh", " you are", "12345678"}) {
    std::uint64_t loaded = 0;
    std::memcpy(&loaded, text.data(), sizeof loaded);
    EXPECT_EQ(hash_characters<2>(loaded), hash_characters(text.substr(0, 2)));
    EXPECT_EQ(hash_characters<3>(loaded), hash_characters(text.substr(0, 3)));
    EXPECT_EQ(hash_characters<5>(loaded), hash_characters(text.substr(0, 5)));
    EXPECT_EQ(hash_characters<8>(loaded), hash_characters(text));
  }
}

TEST(Hash, TellsKindsAndOrderApart) {
  EXPECT_NE(hash_bytes(Kind::kWord, "fool"), hash_characters("fool"));
  EXPECT_NE(hash_bytes(Kind::kWord, "1"), hash_bytes(Kind::kShout, "1"));
  EXPECT_NE(hash_pair(1, 2), hash_pair(2, 1));
}

// Multiplying is a weaker hash than mixing: it must still spread what words are made of as evenly
// as chance would.
TEST(Hash, SpreadsShortRunsOfLettersAsChanceWould) {
  std::unordered_set<std::uint32_t> buckets;
  std::size_t keys = 0;
  for (char a = 'a'; a <= 'z'; ++a) {
    for (char b = 'a'; b <= 'z'; ++b) {
      for (char c = 'a'; c <= 'z'; ++c) {
        for (const std::string_view end : {"", " ", "s", "ed", "ly"}) {
          const std::string text = std::string{a, b, c} + std::string(end);
          buckets.insert(hash_characters(text) >> (32 - 18));
          ++keys;
        }
      }
    }
  }
  const double slots = 1 << 18;
  const double by_chance = slots * (1 - std::pow(1 - 1 / slots, static_cast<double>(keys)));
  EXPECT_GT(static_cast<double>(buckets.size()), 0.97 * by_chance);
}

}  // namespace
}  // namespace dss::tokenizer
