// The part of a connection's life in which a request's body and its answer go on side by side.
#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <charconv>
#include <limits>
#include <utility>

#include "http/connection.h"
#include "http/reply.h"

namespace dss::http {
namespace {

/// Appends one chunk of a chunked body (RFC 9112, 7.1).
void append_chunk(std::string_view bytes, std::string* out) {
  std::array<char, 16> digits{};
  const auto size = std::to_chars(digits.data(), digits.data() + digits.size(), bytes.size(), 16);
  out->append(digits.data(), size.ptr).append("\r\n").append(bytes).append("\r\n");
}

}  // namespace

/// Asks the route whether it takes the request as a stream. Returns whether it did, or refused it.
bool Connection::open_stream() {
  const Route& route = *exchange_->match.route;
  auto port = std::make_shared<StreamPort>(exchange_->box(), static_cast<StreamSink*>(this));
  StreamStart start = route.stream(exchange_->request, port);
  if (std::holds_alternative<std::monostate>(start)) return false;
  if (auto* refusal = std::get_if<Response>(&start)) {
    linger_ = true;
    write_answer(refusal, true);
    return true;
  }
  stream_ = std::make_unique<Stream>();
  stream_->port = std::move(port);
  stream_->handler = std::move(std::get<std::unique_ptr<StreamHandler>>(start));
  phase_ = Phase::kStream;
  renew_stream_deadline();
  if (exchange_->framing.expect_continue && exchange_->unconsumed().empty()) {
    output_.text() += kContinue;
  }
  return true;
}

void Connection::renew_stream_deadline() {
  deadline_ = loop_.now() + std::chrono::milliseconds(loop_.shared().limits.idle_ms);
}

void Connection::stream_ready() {
  if (phase_ == Phase::kStream && !writing_) pump_stream();
}

/// Carries bytes in both directions until one of them has to wait.
void Connection::pump_stream() {
  const std::shared_ptr<StreamPort> port = stream_->port;
  do {
    port->hold_wakes();
    bool moved = true;
    while (moved) {
      send_stream_output();
      if (writing_ || phase_ != Phase::kStream) break;
      if (port->is_complete()) return end_stream();
      moved = feed_stream();
    }
  } while (port->allow_wakes() && phase_ == Phase::kStream && !writing_);
  if (phase_ != Phase::kStream) return;
  // What the handler wanted to read and is still there is not a whole chunk.
  const bool cut_short =
      input_ended_ && !writing_ && !stream_->body_ended && stream_->handler->wants_data();
  cut_short ? close() : read();
}

void Connection::send_stream_output() {
  const std::string bytes = stream_->port->take();
  if (!bytes.empty()) {
    open_stream_answer();
    stream_->sent += bytes.size();
    if (exchange_->head.http11) {
      append_chunk(bytes, &output_.text());
    } else {
      output_.text() += bytes;
    }
  }
  flush();
}

void Connection::open_stream_answer() {
  if (std::exchange(stream_->answered, true)) return;
  close_after_ = !exchange_->head.keep_alive || !exchange_->head.http11 ||
                 loop_.shared().draining.load(std::memory_order_relaxed);
  Response head;
  head.content_type = "application/x-ndjson";
  append_head(head,
              {.date = loop_.date(),
               .request_id = exchange_->request.request_id,
               .http11 = exchange_->head.http11,
               .close = close_after_,
               .length = exchange_->head.http11 ? BodyLength::kChunked : BodyLength::kUntilClose,
               .allowance = &exchange_->request.caller.allowance},
              &output_.text());
}

/// Hands the bytes at hand to the handler. False if there are none, or it does not want any.
bool Connection::feed_stream() {
  Stream& stream = *stream_;
  Exchange& exchange = *exchange_;
  if (stream.body_ended || !stream.handler->wants_data()) return false;
  std::string_view part;
  bool done = false;
  if (exchange.framing.chunked) {
    exchange.spill.clear();
    const auto progress =
        exchange.parser.parse_chunks(exchange.unconsumed(), std::numeric_limits<std::size_t>::max(),
                                     loop_.shared().limits, &exchange.spill);
    if (progress.status != 0) {
      fail_stream();
      return false;
    }
    exchange.begin += progress.consumed;
    part = exchange.spill;
    done = progress.done;
  } else {
    const std::uint64_t left = exchange.framing.content_length - stream.received;
    part = exchange.unconsumed().substr(0, left);
    exchange.begin += part.size();
    done = part.size() == left;
  }
  stream.received += part.size();
  if (!part.empty()) stream.handler->data(part);
  if (done) stream.handler->end();
  stream.body_ended = done;
  renew_stream_deadline();
  return done || !part.empty();
}

/// The body is malformed: refused if nothing was answered yet, else cut off so that the client
/// sees that the answer is not whole.
void Connection::fail_stream() {
  loop_.shared().observer->rejected(Rejection::kMalformed);
  if (stream_->answered) return close();
  drop_stream();
  phase_ = Phase::kBody;
  refuse_request(400, "the chunked body is malformed");
  flush();
}

void Connection::end_stream() {
  open_stream_answer();
  if (exchange_->head.http11) output_.text() += "0\r\n\r\n";
  if (!stream_->body_ended) close_after_ = linger_ = true;
  linger_ = linger_ || exchange_->head.keep_alive;
  const std::uint64_t sent = stream_->sent;
  drop_stream();
  finish_request(Response(), sent);
  flush();
  // Not from here: what follows may be another stream.
  ++pending_;
  boost::asio::post(loop_.context(), [this] {
    if (operation_done() && exchange_ != nullptr) process();
  });
}

void Connection::drop_stream() {
  stream_->port->abandon();
  stream_.reset();
}

void Connection::sweep_stream(base::SteadyTime now) {
  stream_->handler->tick();
  const bool waits = !stream_->body_ended && stream_->handler->wants_data();
  if (!waits) return renew_stream_deadline();
  if (now < deadline_) return;
  loop_.shared().observer->rejected(Rejection::kTimeout);
  close();
}

}  // namespace dss::http
