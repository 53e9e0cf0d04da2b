#include "http/request_reader.h"

#include <gtest/gtest.h>

#include <cstring>

#include "rapidcheck/gtest.h"

namespace dss::http {
namespace {

using State = ReadResult::State;

std::shared_ptr<AnswerBox> no_box() {
  return std::make_shared<AnswerBox>([] {});
}

/// What a connection does with its bytes, without a socket: every request read is written down as
/// one line.
class Reader {
 public:
  /// Returns false once something was refused.
  bool feed(std::string_view bytes) {
    while (!bytes.empty() && refused_ == 0) {
      exchange_->compact(in_body_ ? exchange_->head_end : 0);
      const std::size_t size = std::min(bytes.size(), exchange_->free_bytes());
      std::memcpy(exchange_->buffer.data() + exchange_->end, bytes.data(), size);
      exchange_->end += size;
      bytes.remove_prefix(size);
      while (step()) {
      }
      if (size == 0) break;
    }
    return refused_ == 0;
  }
  [[nodiscard]] const std::string& log() const { return log_; }
  [[nodiscard]] int refused() const { return refused_; }

 private:
  bool step() {
    if (!in_body_) {
      if (!accept(read_head(exchange_.get(), limits_, true))) return false;
      make_request(exchange_.get(), &rng_);
      exchange_->max_body = 100000;
      in_body_ = true;
      if (exchange_->framing.content_length > exchange_->max_body) {
        refused_ = 413;
        return false;
      }
    }
    if (!accept(read_body(exchange_.get(), limits_))) return false;
    log_ += std::string(exchange_->request.target) + " " +
            std::to_string(exchange_->request.body.size()) + " " +
            std::to_string(std::hash<std::string_view>()(exchange_->request.body)) + "\n";
    in_body_ = false;
    exchange_->next_request();
    return true;
  }

  bool accept(const ReadResult& result) {
    if (result.state == State::kRefused) refused_ = result.status;
    return result.state == State::kComplete;
  }

  std::unique_ptr<Exchange> exchange_ = std::make_unique<Exchange>(no_box());
  Limits limits_;
  base::Rng rng_{1};
  bool in_body_ = false;
  int refused_ = 0;
  std::string log_;
};

std::string sized(std::string_view target, std::size_t size) {
  return "POST " + std::string(target) +
         " HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n" +
         std::string(size, 'b');
}

std::string chunked(std::string_view target, std::size_t chunks, std::size_t size) {
  std::string out =
      "POST " + std::string(target) + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  char length[32];
  std::snprintf(length, sizeof length, "%zx\r\n", size);
  for (std::size_t i = 0; i < chunks && size != 0; ++i)
    out += length + std::string(size, 'c') + "\r\n";
  return out + "0\r\n\r\n";
}

TEST(Exchange, ALargeBodysMemoryGoesWithItsRequest) {
  const auto exchange = std::make_unique<Exchange>(no_box());
  exchange->spill.assign(2'000'000, 'a');
  exchange->next_request();
  EXPECT_LT(exchange->spill.capacity(), 100U);
}

TEST(RequestReader, BodyIsPadded) {
  const auto exchange = std::make_unique<Exchange>(no_box());
  const std::string bytes = sized("/a", 16384 - 60);
  ASSERT_LE(bytes.size(), kBufferBytes);
  std::memcpy(exchange->buffer.data(), bytes.data(), bytes.size());
  exchange->end = bytes.size();
  ASSERT_EQ(read_head(exchange.get(), {}, true).state, State::kComplete);
  ASSERT_EQ(read_body(exchange.get(), {}).state, State::kComplete);
  const std::string_view body = exchange->request.body;
  EXPECT_LE(body.data() + body.size() + kBodyPadding,
            exchange->buffer.data() + exchange->buffer.size());
}

TEST(RequestReader, TakesOverRequestIdAndTrace) {
  const auto exchange = std::make_unique<Exchange>(no_box());
  const std::string bytes =
      "GET /a?b=c HTTP/1.1\r\nHost: a\r\nX-Request-ID: mine-1\r\n"
      "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n\r\n";
  std::memcpy(exchange->buffer.data(), bytes.data(), bytes.size());
  exchange->end = bytes.size();
  ASSERT_EQ(read_head(exchange.get(), {}, true).state, State::kComplete);
  base::Rng rng(1);
  make_request(exchange.get(), &rng);
  const Request& request = exchange->request;
  EXPECT_EQ(request.request_id, "mine-1");
  EXPECT_EQ(request.trace.trace_id_hex(), "0af7651916cd43dd8448eb211c80319c");
  EXPECT_TRUE(request.trace.sampled);
  EXPECT_NE(request.trace.span_id, request.trace.parent_id);
  EXPECT_NE(request.trace.span_id_hex(), "0000000000000000");
  EXPECT_EQ(request.path, "/a");
  EXPECT_EQ(request.query, "b=c");
  EXPECT_EQ(request.header("HOST"), "a");
  EXPECT_EQ(request.header("absent"), "");
}

TEST(RequestReader, AMalformedIdOrTraceIsReplaced) {
  const auto exchange = std::make_unique<Exchange>(no_box());
  const std::string bytes =
      "GET / HTTP/1.1\r\nHost: a\r\nX-Request-Id: a b\r\ntraceparent: nonsense\r\n\r\n";
  std::memcpy(exchange->buffer.data(), bytes.data(), bytes.size());
  exchange->end = bytes.size();
  ASSERT_EQ(read_head(exchange.get(), {}, true).state, State::kComplete);
  base::Rng rng(1);
  make_request(exchange.get(), &rng);
  EXPECT_EQ(exchange->request.request_id.size(), 16U);
  EXPECT_TRUE(exchange->request.trace.valid());
  EXPECT_FALSE(exchange->request.trace.sampled);
}

trace::Context trace_of_request(const std::string& traceparent, double ratio) {
  const auto exchange = std::make_unique<Exchange>(no_box());
  const std::string bytes = "GET / HTTP/1.1\r\nHost: a\r\n" + traceparent + "\r\n";
  std::memcpy(exchange->buffer.data(), bytes.data(), bytes.size());
  exchange->end = bytes.size();
  EXPECT_EQ(read_head(exchange.get(), {}, true).state, ReadResult::State::kComplete);
  base::Rng rng(1);
  make_request(exchange.get(), &rng, trace::RatioSampler(ratio));
  return exchange->request.trace;
}

TEST(RequestReader, TheCallerDecidesAboutHisTraceAndTheRatioAboutOurs) {
  const std::string ids = "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-";
  EXPECT_FALSE(trace_of_request(ids + "00\r\n", 1).sampled);
  EXPECT_TRUE(trace_of_request(ids + "01\r\n", 0).sampled);
  EXPECT_TRUE(trace_of_request("", 1).sampled);
  EXPECT_FALSE(trace_of_request("", 0).sampled);
}

/// However the stream is cut, the same requests come out of it, or the same refusal.
RC_GTEST_PROP(RequestReader, RequestsDoNotDependOnTheCuts, ()) {
  const auto count = *rc::gen::inRange(1, 6);
  std::string stream;
  for (int i = 0; i < count; ++i) {
    const std::string target = "/" + std::to_string(i);
    const auto size = *rc::gen::element<std::size_t>(0, 1, 100, 5000, 15000, 16200, 17000, 60000);
    stream += *rc::gen::arbitrary<bool>() ? sized(target, size) : chunked(target, 3, size / 3);
    if (*rc::gen::inRange(0, 8) == 0) stream += "\r\n";
  }
  if (*rc::gen::inRange(0, 4) == 0) stream += "GET /bad HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n";
  Reader whole;
  whole.feed(stream);
  Reader pieces;
  std::string_view rest = stream;
  while (!rest.empty()) {
    const auto size = std::min<std::size_t>(
        rest.size(), *rc::gen::element<std::size_t>(1, 2, 7, 100, 3000, 16384));
    if (!pieces.feed(rest.substr(0, size))) break;
    rest.remove_prefix(size);
  }
  RC_ASSERT(pieces.log() == whole.log());
  RC_ASSERT(pieces.refused() == whole.refused());
}

/// Any bytes at all: nothing is read beyond the buffer, and nothing behind a refusal.
RC_GTEST_PROP(RequestReader, SurvivesMutations, ()) {
  std::string stream = sized("/a", 20) + chunked("/b", 2, 10) + sized("/c", 0);
  const auto mutations = *rc::gen::inRange(1, 5);
  for (int i = 0; i < mutations; ++i) {
    const auto at = *rc::gen::inRange<std::size_t>(0, stream.size());
    stream[at] = *rc::gen::arbitrary<char>();
  }
  Reader reader;
  reader.feed(stream);
  Reader bytewise;
  for (const char byte : stream) {
    if (!bytewise.feed({&byte, 1})) break;
  }
  RC_ASSERT(bytewise.log() == reader.log());
  RC_ASSERT(bytewise.refused() == reader.refused());
}

}  // namespace
}  // namespace dss::http
