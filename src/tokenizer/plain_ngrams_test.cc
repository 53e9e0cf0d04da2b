#include "tokenizer/plain_ngrams.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/rng.h"

namespace dss::tokenizer {
namespace {

using Hashes = std::vector<std::uint32_t>;
using Shouts = std::vector<std::size_t>;

Hashes sorted(std::span<const std::uint32_t> hashes) {
  Hashes all(hashes.begin(), hashes.end());
  std::ranges::sort(all);
  return all;
}

void expect_same(std::string_view text, const Shouts& shouts = {}) {
  Ngrams expected;
  NgramReader().read(text, shouts, &expected);
  PlainNgrams plain;
  ASSERT_TRUE(plain.read(text, shouts)) << text;
  EXPECT_EQ(sorted(plain.hashes()), sorted(expected.hashes())) << text;
}

std::string random_text(base::Rng* rng, std::string_view alphabet, std::size_t size) {
  std::string text;
  while (text.size() < size) {
    text += alphabet[rng->below(alphabet.size())];
  }
  return text;
}

TEST(PlainNgrams, AreThoseOfTheReader) {
  for (const std::string_view text :
       {"", "a", "ab", "!", "'", "you are a fool !", "don't", "don''t", "don'''t",
        "* a **b** f***k '*' **", "rock'n'roll 'quoted' words'", "a well-known st.upid i.d.i.o.t",
        "no!way 50% a+b c&d x~y", "...", "e.g. 3.14, and/or"}) {
    expect_same(text);
  }
}

TEST(PlainNgrams, OfEveryLength) {
  base::Rng rng(1);
  for (std::size_t size = 0; size <= PlainNgrams::kMostBytes; ++size) {
    expect_same(random_text(&rng, "abcdefghijklmnopqrstuvwxyz       ", size));
    expect_same(std::string(size, 'x'));
    expect_same(std::string(size, '-'));
  }
}

TEST(PlainNgrams, OfEveryMixture) {
  base::Rng rng(2);
  for (int round = 0; round < 3000; ++round) {
    const std::size_t size = rng.below(PlainNgrams::kMostBytes + 1);
    expect_same(random_text(&rng, "aab1 '-.!", size));
    expect_same(
        random_text(&rng, "abcdefgxyz0189     '!?.,:;-_/\\|+&^=`~<>#$%@()[]{}\"\n\t", size));
  }
}

TEST(PlainNgrams, StarsThatMaskNothingAreSigns) {
  base::Rng rng(4);
  for (int round = 0; round < 3000; ++round) {
    const std::string text = random_text(&rng, "ab *' ", rng.below(140));
    Ngrams expected;
    NgramReader().read(text, {}, &expected);
    PlainNgrams plain;
    if (!plain.read(text, {})) continue;
    EXPECT_EQ(sorted(plain.hashes()), sorted(expected.hashes())) << text;
  }
}

TEST(PlainNgrams, MostHashesFit) {
  std::string text;
  while (text.size() < PlainNgrams::kMostBytes) text += text.size() % 2 == 0 ? 'a' : '-';
  expect_same(text);
  for (const std::string_view pattern : {"aaa-", "aaaaaaaaa.", "a!", "ab", "'a"}) {
    for (std::size_t i = 0; i < text.size(); ++i) text[i] = pattern[i % pattern.size()];
    expect_same(text);
  }
}

TEST(PlainNgrams, LongCompoundsHaveNoJoinedReading) {
  for (std::size_t size = kLongestCompound - 2; size < kLongestCompound + 3; ++size) {
    expect_same(std::string(size - 10, 'a') + "-" + std::string(10, 'b') + " c.d");
  }
}

TEST(PlainNgrams, ShoutsBelongToTheWordFromThereOn) {
  base::Rng rng(3);
  for (int round = 0; round < 500; ++round) {
    const std::string text = random_text(&rng, "abc  !.", 1 + rng.below(200));
    Shouts shouts;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (rng.below(12) == 0) shouts.push_back(i);
    }
    expect_same(text, shouts);
  }
}

TEST(PlainNgrams, LeaveOtherTextsToTheReader) {
  PlainNgrams plain;
  EXPECT_FALSE(plain.read("caf\xC3\xA9 \xD1\x8F", {}));
  EXPECT_FALSE(plain.read("f*ck", {}));
  EXPECT_FALSE(plain.read(std::string(63, 'a') + "'*t", {}));
  EXPECT_FALSE(plain.read(std::string(PlainNgrams::kMostBytes + 1, 'a'), {}));
  EXPECT_TRUE(plain.hashes().empty());
}

TEST(PlainNgrams, CanBeReadAgain) {
  PlainNgrams plain;
  ASSERT_TRUE(plain.read("a well-known fool!", {}));
  const Hashes first = sorted(plain.hashes());
  ASSERT_TRUE(plain.read("some other text that is longer than the first", {}));
  ASSERT_TRUE(plain.read("a well-known fool!", {}));
  EXPECT_EQ(sorted(plain.hashes()), first);
}

}  // namespace
}  // namespace dss::tokenizer
