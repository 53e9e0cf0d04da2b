#include "http/reply.h"

#include <gtest/gtest.h>

#include "http/date.h"
#include "http/request_id.h"
#include "http/status.h"

namespace dss::http {
namespace {

const ReplyContext kContext{.date = "Sun, 06 Nov 1994 08:49:37 GMT", .request_id = "abc"};

std::string head_of(const Response& response, const ReplyContext& context = kContext) {
  std::string out;
  append_head(response, context, &out);
  return out;
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(Reply, WholeHead) {
  EXPECT_EQ(head_of({.body = "{}"}),
            "HTTP/1.1 200 OK\r\n"
            "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
            "X-Content-Type-Options: nosniff\r\n"
            "Content-Type: application/json\r\n"
            "Content-Length: 2\r\n"
            "X-Request-Id: abc\r\n"
            "Cache-Control: no-store\r\n\r\n");
}

TEST(Reply, AppendsBehindWhatIsThere) {
  std::string out = "before";
  EXPECT_EQ(append_head({.body = "12345"}, kContext, &out), 5U);
  EXPECT_TRUE(out.starts_with("beforeHTTP/1.1 200 OK\r\n"));
}

TEST(Reply, ConnectionIsNamedWhereItDiffersFromTheDefault) {
  ReplyContext context = kContext;
  EXPECT_FALSE(contains(head_of({}, context), "Connection"));
  context.close = true;
  EXPECT_TRUE(contains(head_of({}, context), "\r\nConnection: close\r\n"));
  context.http11 = false;
  EXPECT_FALSE(contains(head_of({}, context), "Connection"));
  context.close = false;
  EXPECT_TRUE(contains(head_of({}, context), "\r\nConnection: keep-alive\r\n"));
}

TEST(Reply, NoBodyWhereTheStatusHasNone) {
  for (const int status : {204, 304}) {
    EXPECT_FALSE(contains(head_of({.status = status, .body = "x"}), "\r\nContent-")) << status;
  }
  EXPECT_TRUE(contains(head_of({}), "Content-Length: 0\r\n"));
  EXPECT_FALSE(contains(head_of({}), "Content-Type: "));
}

TEST(Reply, OwnHeaders) {
  const std::string head =
      head_of({.headers = {{"Retry-After", "1"}, {"Cache-Control", "max-age=60"}}});
  EXPECT_TRUE(contains(head, "\r\nRetry-After: 1\r\n"));
  EXPECT_TRUE(contains(head, "\r\nCache-Control: max-age=60\r\n"));
  EXPECT_FALSE(contains(head, "no-store"));
}

TEST(Reply, AHeaderCannotSmuggleAnother) {
  const std::string head = head_of({.headers = {{"Location", "/a\r\nSet-Cookie: b"}}});
  EXPECT_FALSE(contains(head, "Location"));
  EXPECT_FALSE(contains(head, "Set-Cookie"));
}

TEST(Reply, StaticBodiesCountToo) {
  EXPECT_TRUE(contains(head_of({.static_body = "1234"}), "Content-Length: 4\r\n"));
}

TEST(Reply, LongHeadersFit) {
  const std::string value(100000, 'v');
  EXPECT_TRUE(
      contains(head_of({.status = 431, .headers = {{"A", value}, {"B", value}}}), "\r\nB: v"));
}

TEST(Status, EveryFailureHasACode) {
  for (const int status : {307, 400, 404, 405, 408, 413, 414, 417, 431, 500, 503, 505}) {
    EXPECT_NE(protocol_failure(status, "").code, "error") << status;
    EXPECT_NE(reason_phrase(status), "Status") << status;
  }
  EXPECT_EQ(reason_phrase(299), "Status");
}

TEST(Date, Format) {
  DateCache cache;
  cache.update(std::chrono::system_clock::from_time_t(784111777));
  EXPECT_EQ(cache.text(), "Sun, 06 Nov 1994 08:49:37 GMT");
  cache.update(std::chrono::system_clock::from_time_t(1772353800));
  EXPECT_EQ(cache.text(), "Sun, 01 Mar 2026 08:30:00 GMT");
}

TEST(RequestId, WellFormed) {
  EXPECT_TRUE(is_request_id("aZ09._-"));
  EXPECT_TRUE(is_request_id(std::string(64, 'a')));
  for (const std::string& bad :
       {std::string(), std::string(65, 'a'), std::string("a b"), std::string("a\"b"),
        std::string("a/b"), std::string("\xC3\xA9")}) {
    EXPECT_FALSE(is_request_id(bad)) << bad;
  }
}

TEST(RequestId, OursIsWellFormedAndNew) {
  base::Rng rng(1);
  RequestIdBuffer buffer{};
  const std::string first(new_request_id(&rng, &buffer));
  EXPECT_EQ(first.size(), 16U);
  EXPECT_TRUE(is_request_id(first));
  EXPECT_NE(new_request_id(&rng, &buffer), first);
}

TEST(Reply, TellsWhatIsLeftOfAQuota) {
  const Allowance allowance{.burst = 20, .window_seconds = 4, .remaining = 7, .reset_seconds = 3};
  std::string out;
  append_head({}, {.allowance = &allowance}, &out);
  EXPECT_NE(out.find("\r\nRateLimit-Policy: \"requests\";q=20;w=4\r\n"
                     "RateLimit: \"requests\";r=7;t=3\r\n"),
            std::string::npos);
  out.clear();
  const Allowance none;
  append_head({}, {.allowance = &none}, &out);
  EXPECT_EQ(out.find("RateLimit"), std::string::npos);
}

}  // namespace
}  // namespace dss::http
