#include "base/utf16.h"

#include <gtest/gtest.h>

namespace dss::base {
namespace {

TEST(Utf16, CountsUnits) {
  EXPECT_EQ(count_utf16(""), 0U);
  EXPECT_EQ(count_utf16("abc"), 3U);
  EXPECT_EQ(count_utf16("é€"), 2U);
  EXPECT_EQ(count_utf16("a😀b"), 4U) << "an emoji is a pair";
}

TEST(Utf16, CountsAlongTheText) {
  const std::string_view text = "a😀é😀";
  Utf16Counter counter(text);
  EXPECT_EQ(counter.at(0), 0U);
  EXPECT_EQ(counter.at(1), 1U);
  EXPECT_EQ(counter.at(5), 3U);
  EXPECT_EQ(counter.at(7), 4U);
  EXPECT_EQ(counter.at(text.size()), 6U);
  EXPECT_EQ(counter.at(text.size()), 6U);
}

}  // namespace
}  // namespace dss::base
