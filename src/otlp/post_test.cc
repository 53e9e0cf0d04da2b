#include "otlp/post.h"

#include <gtest/gtest.h>

#include "otlp/test_collector.h"

namespace dss::otlp {
namespace {

using namespace std::chrono_literals;
using Reply = TestCollector::Reply;

Endpoint at(const TestCollector& collector) {
  return {"127.0.0.1", collector.port(), "/v1/traces"};
}

TEST(OtlpPost, SendsTheBodyAndReadsTheAnswer) {
  TestCollector collector({Reply{.status = 503, .body = "later", .retry_after = "7"}});
  Poster poster(at(collector));
  const auto answer = poster.post("application/json", "{\"a\":1}", 5s);
  ASSERT_TRUE(answer.has_value()) << answer.error().message;
  EXPECT_EQ(answer->status, 503);
  EXPECT_EQ(answer->retry_after, std::chrono::seconds(7));
  EXPECT_EQ(answer->body, "later");
  EXPECT_EQ(collector.bodies(1), std::vector<std::string>{"{\"a\":1}"});
  EXPECT_EQ(collector.last_head(),
            "POST /v1/traces application/json 127.0.0.1:" + collector.port());
}

TEST(OtlpPost, KeepsTheConnectionAndMendsIt) {
  TestCollector collector({Reply{}, Reply{}, Reply{.close = true}, Reply{}});
  Poster poster(at(collector));
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(poster.post("text/plain", "x", 5s).has_value());
  EXPECT_EQ(collector.connections(), 1);
  EXPECT_TRUE(poster.post("text/plain", "x", 5s).has_value())
      << "the other side may close an idle connection";
  EXPECT_EQ(collector.connections(), 2);
}

TEST(OtlpPost, ARetryAfterThatIsNoNumberIsNone) {
  TestCollector collector(
      {Reply{.retry_after = "Fri, 31 Dec 1999 23:59:59 GMT"}, Reply{.retry_after = "-1"}});
  Poster poster(at(collector));
  EXPECT_EQ(poster.post("text/plain", "x", 5s)->retry_after, std::nullopt);
  EXPECT_EQ(poster.post("text/plain", "x", 5s)->retry_after, std::nullopt);
}

TEST(OtlpPost, FailuresNameWhereAndWhy) {
  std::string port;
  {
    const TestCollector gone;
    port = gone.port();
  }
  Poster poster({"127.0.0.1", port, "/"});
  const auto refused = poster.post("text/plain", "x", 5s);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind, base::ErrorKind::kUnavailable);
  EXPECT_EQ(refused.error().message, "127.0.0.1:" + port + ": Connection refused");
}

TEST(OtlpPost, HangingUpAndHugeAnswersAreFailures) {
  TestCollector collector({Reply{.hang_up = true}, Reply{.body = std::string(100'000, 'x')}});
  Poster poster(at(collector));
  EXPECT_FALSE(poster.post("text/plain", "x", 5s).has_value());
  EXPECT_FALSE(poster.post("text/plain", "x", 5s).has_value());
  EXPECT_TRUE(poster.post("text/plain", "x", 5s).has_value());
}

TEST(OtlpPost, APeerThatNeverAnswersCostsThePatience) {
  boost::asio::io_context context;
  boost::asio::ip::tcp::acceptor silent(context, {boost::asio::ip::address_v4::loopback(), 0});
  Poster poster({"127.0.0.1", std::to_string(silent.local_endpoint().port()), "/"});
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_FALSE(poster.post("text/plain", "x", 100ms).has_value());
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 3s);
}

}  // namespace
}  // namespace dss::otlp
