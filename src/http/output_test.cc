#include "http/output.h"

#include <gtest/gtest.h>

#include "rapidcheck/gtest.h"

namespace dss::http {
namespace {

TEST(Output, ReleasedMemoryIsFree) {
  Output output;
  output.text() = std::string(100'000, 'a');
  output.consume(100'000);
  output.release();
  EXPECT_LT(output.text().capacity(), 100U);
}

TEST(Output, IsFullWithALargeBodyOrAtTheLimit) {
  Output output;
  EXPECT_TRUE(output.empty());
  output.text() = "12345";
  EXPECT_FALSE(output.is_full(6));
  EXPECT_TRUE(output.is_full(5));
  output.append_static("x");
  EXPECT_TRUE(output.is_full(6));
  output.consume(6);
  EXPECT_TRUE(output.empty());
  EXPECT_FALSE(output.is_full(6));
}

/// However little the socket takes at a time, the bytes arrive whole and in order.
RC_GTEST_PROP(Output, KeepsOrderUnderPartialWrites, (const std::vector<std::string>& answers)) {
  Output output;
  std::string expected;
  std::string arrived;
  const auto write = [&](std::size_t most) {
    const auto [first, second] = output.pending();
    const std::string all = std::string(first) + std::string(second);
    arrived += all.substr(0, most);
    output.consume(std::min(most, all.size()));
  };
  for (const std::string& answer : answers) {
    expected += answer;
    switch (*rc::gen::inRange(0, 3)) {
      case 0:
        output.append_large(answer);
        break;
      case 1:
        output.append_static(answer);
        break;
      default:
        output.text() += answer;
    }
    write(*rc::gen::inRange<std::size_t>(0, 10));
    while (output.is_full(100)) write(*rc::gen::inRange<std::size_t>(1, 10));
  }
  write(std::string::npos);
  RC_ASSERT(arrived == expected);
  RC_ASSERT(output.empty());
}

}  // namespace
}  // namespace dss::http
