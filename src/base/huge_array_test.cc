#include "base/huge_array.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <numeric>

namespace dss::base {
namespace {

TEST(HugeArray, HoldsZerosAndWhatIsWritten) {
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{1000},
                                 std::size_t{1} << 18, (std::size_t{1} << 18) + 1}) {
    HugeArray<std::uint64_t> array(size);
    ASSERT_EQ(array.size(), size);
    for (const std::uint64_t value : array.view()) ASSERT_EQ(value, 0U);
    for (std::size_t i = 0; i < size; ++i) array[i] = i;
    const auto sum = std::accumulate(array.view().begin(), array.view().end(), std::uint64_t{0});
    EXPECT_EQ(sum, size == 0 ? 0 : size * (size - 1) / 2);
  }
}

TEST(HugeArray, MovesItsMemory) {
  HugeArray<int> first(10);
  first[3] = 7;
  const HugeArray<int> second = std::move(first);
  EXPECT_EQ(second[3], 7);
  EXPECT_EQ(HugeArray<int>().data(), nullptr);
}

}  // namespace
}  // namespace dss::base
