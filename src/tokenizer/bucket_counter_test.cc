#include "tokenizer/bucket_counter.h"

#include <gtest/gtest.h>

#include <map>

#include "rapidcheck/gtest.h"

namespace dss::tokenizer {
namespace {

std::map<std::uint32_t, std::uint32_t> counted(const BucketCounter& counter) {
  std::map<std::uint32_t, std::uint32_t> all;
  for (std::size_t i = 0; i < counter.buckets().size(); ++i) {
    all[counter.buckets()[i]] = counter.counts()[i];
  }
  return all;
}

RC_GTEST_PROP(BucketCounter, CountsAsAMapDoes, (const std::vector<std::uint16_t>& buckets)) {
  BucketCounter counter;
  counter.add(7);
  counter.start_over();
  std::map<std::uint32_t, std::uint32_t> expected;
  for (const std::uint16_t bucket : buckets) {
    ++expected[bucket];
    const std::uint32_t index = counter.add(bucket);
    RC_ASSERT(counter.buckets()[index] == bucket);
    RC_ASSERT(counter.index_of(bucket) == index);
  }
  RC_ASSERT(counted(counter) == expected);
}

TEST(BucketCounter, GrowsBeyondItsFirstTable) {
  BucketCounter counter;
  for (std::uint32_t round = 0; round < 2; ++round) {
    for (std::uint32_t bucket = 0; bucket < 100'000; ++bucket) counter.add(bucket * 2);
  }
  ASSERT_EQ(counter.buckets().size(), 100'000U);
  for (const std::uint32_t count : counter.counts()) ASSERT_EQ(count, 2U);
}

TEST(BucketCounter, StartsOverWithNothing) {
  BucketCounter counter;
  counter.add(1);
  counter.start_over();
  EXPECT_TRUE(counter.buckets().empty());
  counter.add(1);
  EXPECT_EQ(counter.counts()[0], 1U);
}

}  // namespace
}  // namespace dss::tokenizer
