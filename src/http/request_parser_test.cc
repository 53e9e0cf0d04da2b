#include "http/request_parser.h"

#include <gtest/gtest.h>

#include <array>

namespace dss::http {
namespace {

class RequestParserTest : public testing::Test {
 protected:
  int parse(std::string_view bytes) { return parser_.parse_head(bytes, headers_, &head_); }
  /// The body of a chunked stream, or its refusal as text.
  std::string chunks(std::string_view bytes, std::size_t max_body = 1000) {
    EXPECT_EQ(parse("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"), 0);
    std::string body;
    const RequestParser::Progress progress = parser_.parse_chunks(bytes, max_body, {}, &body);
    if (progress.status != 0) return std::to_string(progress.status);
    return progress.done ? body + "|" + std::string(bytes.substr(progress.consumed)) : "more";
  }

  RequestParser parser_;
  std::array<HeaderView, 64> headers_;
  Head head_;
};

TEST_F(RequestParserTest, Head) {
  ASSERT_EQ(
      parse(
          "POST /a?b HTTP/1.1\r\nHost: h\r\nContent-Length: 7\r\nX-Empty:\r\nExpect:  x \r\n\r\n"),
      0);
  EXPECT_EQ(head_.method, Method::kPost);
  EXPECT_EQ(head_.target, "/a?b");
  EXPECT_TRUE(head_.http11);
  EXPECT_TRUE(head_.keep_alive);
  EXPECT_EQ(head_.hosts, 1U);
  EXPECT_EQ(head_.content_length, "7");
  EXPECT_EQ(head_.expect, "x");
  ASSERT_EQ(head_.headers.size(), 4U);
  EXPECT_EQ(head_.headers[2].name, "X-Empty");
  EXPECT_EQ(head_.headers[2].value, "");
}

TEST_F(RequestParserTest, KeepAliveByVersionAndHeader) {
  const auto keeps = [&](const std::string& version, const std::string& header) {
    EXPECT_EQ(parse("GET / HTTP/" + version + "\r\n" + header + "\r\n"), 0);
    return head_.keep_alive;
  };
  EXPECT_TRUE(keeps("1.1", ""));
  EXPECT_FALSE(keeps("1.1", "Connection: close\r\n"));
  EXPECT_FALSE(keeps("1.1", "Connection: Foo, CLOSE\r\n"));
  EXPECT_FALSE(keeps("1.0", ""));
  EXPECT_TRUE(keeps("1.0", "Connection: Keep-Alive\r\n"));
}

TEST_F(RequestParserTest, Methods) {
  for (const auto& [text, method] :
       {std::pair("GET", Method::kGet), std::pair("HEAD", Method::kHead),
        std::pair("PUT", Method::kPut), std::pair("PATCH", Method::kPatch),
        std::pair("DELETE", Method::kDelete), std::pair("OPTIONS", Method::kOptions),
        std::pair("get", Method::kOther), std::pair("BREW", Method::kOther),
        std::pair("TRACE", Method::kOther)}) {
    EXPECT_EQ(parse(std::string(text) + " / HTTP/1.1\r\n\r\n"), 0) << text;
    EXPECT_EQ(head_.method, method) << text;
  }
  EXPECT_EQ(method_name(Method::kDelete), "DELETE");
  EXPECT_EQ(method_name(Method::kOther), "OTHER");
}

TEST_F(RequestParserTest, Versions) {
  EXPECT_EQ(parse("GET / HTTP/2.0\r\n\r\n"), 505);
  EXPECT_EQ(parse("GET / HTTP/3.7\r\n\r\n"), 505);
  EXPECT_EQ(parse("GET / HTTP/11\r\n\r\n"), 400);
  EXPECT_EQ(parse("GET / http/1.1\r\n\r\n"), 400);
  EXPECT_EQ(parse("GET /\r\n\r\n"), 400);
}

TEST_F(RequestParserTest, MoreHeadersThanRoom) {
  std::string bytes = "GET / HTTP/1.1\r\n";
  for (int i = 0; i < 65; ++i) bytes += "A: b\r\n";
  EXPECT_EQ(parse(bytes + "\r\n"), 400);
}

TEST_F(RequestParserTest, Chunks) {
  EXPECT_EQ(chunks("5\r\nhello\r\n0\r\n\r\nnext"), "hello|next");
  EXPECT_EQ(chunks("5;a=b;c\r\nhello\r\nA\r\n0123456789\r\n00\r\nX: y\r\n\r\n"),
            "hello0123456789|");
  EXPECT_EQ(chunks("0\r\n\r\n"), "|");
  for (const char* part : {"", "5", "5\r\n", "5\r\nhel", "5\r\nhello", "5\r\nhello\r\n0\r\n",
                           "5\r\nhello\r\n0\r\nX: y\r\n"}) {
    EXPECT_EQ(chunks(part), "more") << part;
  }
}

/// However an empty body's last chunk and its trailers come, the message ends at its last byte.
TEST_F(RequestParserTest, AnEmptyBodyInPieces) {
  for (const std::string_view bytes : {"0\r\n\r\n", "00\r\n\r\n", "0;a\r\nX: y\r\n\r\n"}) {
    ASSERT_EQ(parse("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"), 0);
    for (std::size_t seen = 1; seen <= bytes.size(); ++seen) {
      std::string body;
      const auto progress = parser_.parse_chunks(bytes.substr(0, seen), 1000, {}, &body);
      EXPECT_EQ(progress.status, 0);
      EXPECT_EQ(progress.done, seen == bytes.size());
    }
  }
}

TEST_F(RequestParserTest, ChunksRefused) {
  EXPECT_EQ(chunks("zz\r\n"), "400");
  EXPECT_EQ(chunks("5\nhello\r\n0\r\n\r\n"), "400");
  EXPECT_EQ(chunks("5\r\nhelloXX0\r\n\r\n"), "400");
  EXPECT_EQ(chunks("fffffffffffffffff\r\n"), "400");
  EXPECT_EQ(chunks("ffffffffffffffff\r\n"), "413");
  EXPECT_EQ(chunks("3e9\r\n", 1000), "413");
  EXPECT_EQ(chunks("5;" + std::string(1100, 'a') + "\r\nhello\r\n0\r\n\r\n"), "400");
  EXPECT_EQ(chunks("5;" + std::string(5000, 'a')), "400");
  EXPECT_EQ(chunks("0\r\nX: " + std::string(5000, 'a')), "400");
}

}  // namespace
}  // namespace dss::http
