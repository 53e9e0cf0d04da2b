#include "http/framing.h"

#include <gtest/gtest.h>

namespace dss::http {
namespace {

Head good_head() {
  Head head;
  head.method = Method::kPost;
  head.target = "/analyze";
  head.http11 = true;
  head.hosts = 1;
  head.host = "example.org:8000";
  return head;
}

TEST(Framing, APlainRequestHasNoBody) {
  const Framing framing = check_framing(good_head());
  EXPECT_EQ(framing.status, 0);
  EXPECT_EQ(framing.target, "/analyze");
  EXPECT_EQ(framing.content_length, 0U);
  EXPECT_FALSE(framing.chunked);
}

TEST(Framing, ContentLength) {
  struct Row {
    std::string_view text;
    int status;
    std::uint64_t length;
  };
  for (const Row& row :
       {Row{"0", 0, 0}, Row{"17", 0, 17}, Row{"0017", 0, 17}, Row{"", 400, 0}, Row{"+5", 400, 0},
        Row{"-5", 400, 0}, Row{"5,5", 400, 0}, Row{"5 5", 400, 0}, Row{"0x5", 400, 0},
        Row{"18446744073709551615", 0, UINT64_MAX}, Row{"18446744073709551616", 0, UINT64_MAX},
        Row{"99999999999999999999999", 0, UINT64_MAX}}) {
    Head head = good_head();
    head.content_lengths = 1;
    head.content_length = row.text;
    const Framing framing = check_framing(head);
    EXPECT_EQ(framing.status, row.status) << row.text;
    EXPECT_EQ(framing.content_length, row.length) << row.text;
  }
}

TEST(Framing, ContentLengthOnlyOnce) {
  Head head = good_head();
  head.content_lengths = 2;
  head.content_length = "5";
  EXPECT_EQ(check_framing(head).status, 400);
}

TEST(Framing, TransferEncodingOnlyChunkedOnHttp11WithoutLength) {
  for (const auto& [value, status] :
       {std::pair("chunked", 0), std::pair("CHUNKED", 0), std::pair("", 400),
        std::pair("xchunked", 400), std::pair("gzip, chunked", 400),
        std::pair("chunked, chunked", 400), std::pair("identity", 400)}) {
    Head head = good_head();
    head.transfer_encodings = 1;
    head.transfer_encoding = value;
    EXPECT_EQ(check_framing(head).status, status) << value;
    EXPECT_EQ(check_framing(head).chunked, status == 0) << value;
    head.transfer_encodings = 2;
    EXPECT_EQ(check_framing(head).status, 400) << value;
    head.transfer_encodings = 1;
    head.content_lengths = 1;
    head.content_length = "5";
    EXPECT_EQ(check_framing(head).status, 400) << value;
    head.content_lengths = 0;
    head.http11 = false;
    EXPECT_EQ(check_framing(head).status, 400) << value;
  }
}

TEST(Framing, Host) {
  Head head = good_head();
  head.hosts = 0;
  EXPECT_EQ(check_framing(head).status, 400);
  head.http11 = false;
  EXPECT_EQ(check_framing(head).status, 0);
  head.hosts = 2;
  EXPECT_EQ(check_framing(head).status, 400);
  for (const auto& [host, status] :
       {std::pair("", 0), std::pair("[::1]:80", 0), std::pair("a_b.example", 0),
        std::pair("a b", 400), std::pair("a/b", 400), std::pair("user@a", 400),
        std::pair("a,b", 400), std::pair("a\x80", 400)}) {
    Head other = good_head();
    other.host = host;
    EXPECT_EQ(check_framing(other).status, status) << host;
  }
}

TEST(Framing, Target) {
  for (const auto& [target, origin] :
       {std::pair("/a?b", "/a?b"), std::pair("http://h/a", "/a"),
        std::pair("HTTPS://h/a?b", "/a?b"), std::pair("http://h", "/"), std::pair("http://h/", "/"),
        std::pair("http:///a", ""), std::pair("http://h?a", ""), std::pair("http://", ""),
        std::pair("ftp://h/a", ""), std::pair("*", ""), std::pair("h:443", ""),
        std::pair("/a#b", ""), std::pair("a", "")}) {
    Head head = good_head();
    head.target = target;
    EXPECT_EQ(check_framing(head).target, origin) << target;
    EXPECT_EQ(check_framing(head).status, std::string_view(origin).empty() ? 400 : 0) << target;
  }
  Head options = good_head();
  options.method = Method::kOptions;
  options.target = "*";
  EXPECT_EQ(check_framing(options).target, "*");
}

TEST(Framing, Expect) {
  Head head = good_head();
  head.expect = "100-Continue";
  EXPECT_TRUE(check_framing(head).expect_continue);
  head.expect = "coffee";
  EXPECT_EQ(check_framing(head).status, 417);
  head.http11 = false;
  EXPECT_EQ(check_framing(head).status, 0);
}

}  // namespace
}  // namespace dss::http
