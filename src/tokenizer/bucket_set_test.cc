#include "tokenizer/bucket_set.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "rapidcheck/gtest.h"

namespace dss::tokenizer {
namespace {

constexpr auto kIgnore = [](std::uint32_t /*bucket*/) {};

RC_GTEST_PROP(BucketSet, HoldsEachBucketOnceInOrderOfAppearance,
              (const std::vector<std::vector<std::uint32_t>>& texts)) {
  BucketSet set;
  for (const auto& hashes : texts) {
    const auto bits = *rc::gen::inRange(4U, 19U);
    set.start_over(bits);
    std::vector<std::uint32_t> expected;
    std::vector<std::uint32_t> met;
    const std::size_t half = hashes.size() / 2;
    const std::span<const std::uint32_t> all(hashes);
    for (const auto part : {all.first(half), all.subspan(half)}) {
      set.add(part, [&met](std::uint32_t bucket) { met.push_back(bucket); });
    }
    RC_ASSERT(met.size() == hashes.size());
    for (const std::uint32_t bucket : met) {
      if (std::find(expected.begin(), expected.end(), bucket) == expected.end()) {
        expected.push_back(bucket);
      }
    }
    RC_ASSERT(std::ranges::equal(set.buckets(), expected));
  }
}

TEST(BucketSet, TakesTheHighestBits) {
  BucketSet set;
  set.start_over(18);
  const std::uint32_t hashes[] = {0xFFFFFFFF, 0, 0xFFFFC000, 1U << 14};
  set.add(hashes, kIgnore);
  const std::vector<std::uint32_t> expected = {(1U << 18) - 1, 0, 1};
  EXPECT_TRUE(std::ranges::equal(set.buckets(), expected));
}

TEST(BucketSet, StartsOverAfterAFullOne) {
  BucketSet set;
  set.start_over(10);
  std::vector<std::uint32_t> hashes;
  for (std::uint32_t i = 0; i < 1024; ++i) hashes.push_back(i << 22);
  for (int round = 0; round < 3; ++round) {
    set.add(hashes, kIgnore);
    set.add(hashes, kIgnore);
    if (round == 1) set.finish();
    EXPECT_EQ(set.buckets().size(), 1024U);
    set.start_over(10);
    EXPECT_TRUE(set.buckets().empty());
  }
}

}  // namespace
}  // namespace dss::tokenizer
