#include "base/unique_function.h"

#include <gtest/gtest.h>

#include <memory>
#include <utility>

namespace dss::base {
namespace {

TEST(UniqueFunction, OwnsWhatCannotBeCopied) {
  UniqueFunction<int(int)> add = [five = std::make_unique<int>(5)](int value) {
    return *five + value;
  };
  EXPECT_EQ(add(2), 7);
}

TEST(UniqueFunction, IsEmptyUntilGivenATargetAndWhenMovedFrom) {
  UniqueFunction<void()> none;
  EXPECT_FALSE(none);
  int runs = 0;
  UniqueFunction<void()> some = [&runs] { ++runs; };
  ASSERT_TRUE(some);
  none = std::move(some);
  EXPECT_FALSE(some);  // NOLINT(bugprone-use-after-move): this is what is promised
  none();
  none();
  EXPECT_EQ(runs, 2);
}

TEST(UniqueFunction, LetsGoOfItsTargetAtTheEnd) {
  const auto held = std::make_shared<int>(1);
  {
    const UniqueFunction<void()> keeps = [held] { (void)held; };
  }
  EXPECT_EQ(held.use_count(), 1);
}

}  // namespace
}  // namespace dss::base
