#include "http/head_scanner.h"

#include <gtest/gtest.h>

#include <string>

#include "rapidcheck/gtest.h"

namespace dss::http {
namespace {

using State = HeadScanner::State;

std::string repeat(std::string_view unit, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += unit;
  return out;
}

int refusal(std::string_view bytes) {
  HeadScanner scanner;
  return scanner.scan(bytes, {}) == State::kRefused ? scanner.status() : 0;
}

TEST(HeadScanner, FindsTheEnd) {
  HeadScanner scanner;
  EXPECT_EQ(scanner.scan("GET / HTTP/1.1\r\nA: b\r\n\r\nbody", {}), State::kComplete);
  EXPECT_EQ(scanner.head_bytes(), 24U);
}

TEST(HeadScanner, ARequestLineAloneIsAHead) {
  HeadScanner scanner;
  EXPECT_EQ(scanner.scan("GET / HTTP/1.0\r\n\r\n", {}), State::kComplete);
}

TEST(HeadScanner, WaitsForMore) {
  for (const char* bytes :
       {"", "G", "GET / HTTP/1.1\r", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nA: b\r\n\r"}) {
    HeadScanner scanner;
    EXPECT_EQ(scanner.scan(bytes, {}), State::kIncomplete) << bytes;
  }
}

TEST(HeadScanner, RefusesWhatNoByteCanMend) {
  EXPECT_EQ(refusal("\x16\x03\x01"), 400);
  EXPECT_EQ(refusal("GET / HTTP/1.1\n"), 400);
  EXPECT_EQ(refusal("GET / HTTP/1.1\r\nA: b\n"), 400);
  EXPECT_EQ(refusal("GET / HTTP/1.1\r\n A: b\r\n"), 400);
  EXPECT_EQ(refusal("GET / HTTP/1.1\r\nA: b\r\n\tc\r\n"), 400);
}

TEST(HeadScanner, AppliesTheLimits) {
  const std::string line = "GET / HTTP/1.1\r\n";
  EXPECT_EQ(refusal("GET /" + repeat("a", 2034) + " HTTP/1.1\r\n"), 0);
  EXPECT_EQ(refusal("GET /" + repeat("a", 2035) + " HTTP/1.1\r\n"), 414);
  EXPECT_EQ(refusal("GET /" + repeat("a", 2100)), 414);
  EXPECT_EQ(refusal(line + repeat("A: b\r\n", 64)), 0);
  EXPECT_EQ(refusal(line + repeat("A: b\r\n", 65)), 400);
  EXPECT_EQ(refusal(line + "A: " + repeat("b", 8187) + "\r\n"), 0);
  EXPECT_EQ(refusal(line + "A: " + repeat("b", 8188) + "\r\n"), 431);
  EXPECT_EQ(refusal(line + "A: " + repeat("b", 9000)), 431);
}

/// However the bytes are cut, the verdict is that of one piece.
RC_GTEST_PROP(HeadScanner, VerdictDoesNotDependOnTheCuts, ()) {
  const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      "GET / HTTP/1.1\r\n", "A: b\r\n", "\r\n", "\n", " x", "\r", "long: text"));
  std::string bytes = "G";
  for (const std::string& piece : pieces) bytes += piece;
  HeadScanner whole;
  const State expected = whole.scan(bytes, {});
  HeadScanner stepwise;
  State state = State::kIncomplete;
  for (std::size_t size = 1; size <= bytes.size() && state == State::kIncomplete; ++size) {
    state = stepwise.scan(std::string_view(bytes).substr(0, size), {});
  }
  RC_ASSERT(state == expected);
  if (state == State::kComplete) RC_ASSERT(stepwise.head_bytes() == whole.head_bytes());
  if (state == State::kRefused) RC_ASSERT(stepwise.status() == whole.status());
}

}  // namespace
}  // namespace dss::http
