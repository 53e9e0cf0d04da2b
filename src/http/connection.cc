#include "http/connection.h"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <utility>

#include "http/refusal.h"
#include "http/reply.h"
#include "http/status.h"

namespace dss::http {
namespace {

namespace asio = boost::asio;

std::chrono::milliseconds ms(std::uint64_t count) { return std::chrono::milliseconds(count); }

}  // namespace

Connection::Connection(Loop* loop, Incoming incoming)
    : loop_(*loop), transport_(&loop->context()), address_(incoming.address), door_(incoming.door) {
  transport_.open(std::move(incoming.socket), incoming.ipv6);
}

void Connection::start() {
  if (loop_.shared().tls_only) return wait_for_hello();
  deadline_ = loop_.now() + ms(loop_.shared().limits.header_ms);
  wait_for_first_byte();
}

void Connection::close() {
  if (phase_ == Phase::kClosed) return;
  const bool unanswered = phase_ == Phase::kBody || phase_ == Phase::kStream;
  if (stream_ != nullptr) drop_stream();
  phase_ = Phase::kClosed;
  loop_.remove(this);
  transport_.close();
  if (exchange_ != nullptr) {
    exchange_->sink = nullptr;
    if (exchange_->outstanding) {
      exchange_->gone.store(true, std::memory_order_relaxed);
    } else if (unanswered) {
      loop_.drop_orphan(exchange_);
    } else {
      loop_.release(exchange_);
    }
    exchange_ = nullptr;
  }
  // Deleting waits for the frames above us and for the handlers that hold `this`.
  ++pending_;
  asio::post(loop_.context(), [this] { operation_done(); });
}

void Connection::abandon() {
  if (phase_ == Phase::kBody || phase_ == Phase::kHandler || phase_ == Phase::kStream || writing_)
    loop_.shared().observer->rejected(Rejection::kDraining);
  close();
}

/// Counts a finished operation; false if the connection is closed and `this` may be gone.
bool Connection::operation_done() {
  --pending_;
  if (phase_ != Phase::kClosed) return true;
  if (pending_ == 0) delete this;
  return false;
}

void Connection::sweep(base::SteadyTime now) {
  if (phase_ == Phase::kClosed) return;
  if (writing_) {
    if (now < write_deadline_) return;
    loop_.shared().observer->rejected(Rejection::kTimeout);
    return close();
  }
  if (phase_ == Phase::kHandler) return;
  if (phase_ == Phase::kStream) return sweep_stream(now);
  if (now >= deadline_) return end_overdue();
  if (phase_ == Phase::kIdle && !active_ && exchange_ != nullptr && reading_ && !parking_ &&
      exchange_->unconsumed().empty()) {
    parking_ = true;
    transport_.cancel();
  }
  active_ = false;
}

void Connection::end_overdue() {
  if (phase_ == Phase::kIdle && transport_.has_input()) return;
  if (phase_ == Phase::kHandshake) loop_.shared().observer->rejected(Rejection::kTimeout);
  if (phase_ == Phase::kHead || phase_ == Phase::kBody) {
    loop_.shared().observer->rejected(Rejection::kTimeout);
    phase_ == Phase::kBody ? refuse_request(408, "the body took too long")
                           : refuse(408, "the headers took too long");
    flush();
  }
  close();
}

void Connection::end_if_idle(base::SteadyTime now) {
  // A request may be on its way: it gets its answer.
  if (phase_ == Phase::kIdle || phase_ == Phase::kHandshake)
    deadline_ = std::min(deadline_, now + ms(loop_.shared().limits.linger_ms));
}

// ---- Reading

void Connection::wait_for_first_byte() {
  reading_ = true;
  ++pending_;
  transport_.async_wait_input([this](const ErrorCode& error) {
    reading_ = false;
    if (!operation_done()) return;
    if (error) return close();
    exchange_ = loop_.acquire(this, address_, door_);
    read();
  });
}

void Connection::read() {
  if (reading_ || input_ended_) return;
  // A request in its handler's hands must stay where it is.
  const bool has_head = phase_ == Phase::kBody || phase_ == Phase::kStream;
  if (phase_ != Phase::kHandler) exchange_->compact(has_head ? exchange_->head_end : 0);
  if (exchange_->free_bytes() == 0) return;
  reading_ = true;
  ++pending_;
  transport_.async_read(exchange_->buffer.data() + exchange_->end, exchange_->free_bytes(),
                        [this](const ErrorCode& error, std::size_t bytes) {
                          reading_ = false;
                          if (operation_done()) on_read(error, bytes);
                        });
}

void Connection::on_read(const ErrorCode& error, std::size_t bytes) {
  const bool parking = std::exchange(parking_, false);
  if (error == asio::error::operation_aborted && parking) return park();
  if (error == asio::error::eof) return on_end_of_input();
  if (error) return close();
  active_ = true;
  if (phase_ == Phase::kLinger) {
    if (discard_input(bytes)) read();
    return;
  }
  exchange_->end += bytes;
  if (phase_ == Phase::kHandler || writing_) return read();
  if (phase_ == Phase::kIdle) exchange_->request.received = loop_.now();
  process();
}

/// Falls asleep without a buffer.
void Connection::park() {
  loop_.release(std::exchange(exchange_, nullptr));
  output_.release();
  wait_for_first_byte();
}

void Connection::on_end_of_input() {
  input_ended_ = true;
  // Whoever only ends his sending still gets the answers he asked for.
  if (phase_ == Phase::kHandler) return probe_client();
  // Requests that were read before are answered too; settle() closes once none is left.
  if (!writing_) process();
}

/// A client that has hung up and one that has only ended his sending look the same until something
/// is sent to them: the former's system answers with a reset. An interim response is something that
/// clients have to skip.
void Connection::probe_client() {
  if (writing_ || !exchange_->head.http11) return;
  output_.text() += kContinue;
  flush();
  if (phase_ == Phase::kClosed) return;
  ++pending_;
  transport_.async_wait_loss([this](const ErrorCode& error) {
    if (operation_done() && !error) close();
  });
}

bool Connection::discard_input(std::size_t bytes) {
  if (bytes < linger_left_) {
    linger_left_ -= bytes;
    return true;
  }
  close();
  return false;
}

// ---- Requests

void Connection::process() {
  const Limits& limits = loop_.shared().limits;
  std::uint64_t turns = limits.pipelined_requests;
  while (may_take_request()) {
    if (turns-- == 0) {
      flush();
      ++pending_;
      asio::post(loop_.context(), [this] {
        if (operation_done() && exchange_ != nullptr) process();
      });
      return;
    }
    if (!step()) break;
    if (output_.is_full(limits.unread_output_bytes)) flush();
  }
  settle();
}

bool Connection::may_take_request() const {
  if (writing_ || close_after_) return false;
  if (phase_ == Phase::kIdle) return !exchange_->unconsumed().empty();
  return phase_ == Phase::kHead || phase_ == Phase::kBody;
}

/// Takes one request as far as its bytes allow. Returns whether another may follow at once.
bool Connection::step() {
  if (phase_ == Phase::kIdle) {
    phase_ = Phase::kHead;
    deadline_ = exchange_->request.received + ms(loop_.shared().limits.header_ms);
  }
  if (phase_ == Phase::kHead && !read_head()) return false;
  if (!read_body()) return false;
  dispatch();
  return phase_ == Phase::kIdle;
}

/// Returns whether a head was accepted and its body is to be read.
bool Connection::read_head() {
  const ReadResult result = http::read_head(exchange_, loop_.shared().limits, !reading_);
  if (result.state == ReadResult::State::kRefused) refuse(result.status, result.reason);
  if (result.state != ReadResult::State::kComplete) return false;
  accept_head();
  return phase_ == Phase::kBody;
}

/// Finds the route of an accepted head and decides what becomes of its body.
void Connection::accept_head() {
  make_request(exchange_, loop_.rng(), loop_.shared().sampler);
  phase_ = Phase::kBody;
  const Limits& limits = loop_.shared().limits;
  Exchange& exchange = *exchange_;
  Request& request = exchange.request;
  if (body_is_incomplete(exchange)) deadline_ = loop_.now() + ms(limits.body_ms);
  exchange.match = loop_.shared().router->match(request.method, request.path, door_);
  request.parameters = exchange.match.parameters;
  const Route* route = exchange.match.route;
  loop_.shared().observer->started(exchange.match.path, request.method,
                                   route == nullptr || route->counted);
  exchange.max_body =
      route != nullptr && route->max_body != 0 ? route->max_body : limits.ignored_body_bytes;
  std::optional<Failure> failure = judge_load(route);
  if (!failure) failure = judge_route(exchange.match, request);
  if (!failure && route->stream && open_stream()) return;
  if (exchange.framing.content_length > exchange.max_body)
    return refuse_request(413, "the body is too large");
  const bool asks = exchange.framing.expect_continue && body_is_incomplete(exchange);
  if (failure) return hold_refusal(std::move(*failure), asks);
  if (asks && exchange.unconsumed().empty()) output_.text() += kContinue;
}

/// What costs most is refused first, before anybody is asked who he is: that has its price too.
std::optional<Failure> Connection::judge_load(const Route* route) {
  if (route == nullptr || !route->sheds_load) return std::nullopt;
  if (!loop_.refuses_work()) return std::nullopt;
  loop_.shared().observer->rejected(Rejection::kOverloaded);
  Failure failure = protocol_failure(503, "the server is overloaded; try again later");
  failure.code = "overloaded";
  failure.retry_after_seconds = 1;
  return failure;
}

/// Keeps a refusal until the body has been read, so that the connection can go on; or answers it at
/// once and closes.
void Connection::hold_refusal(Failure failure, bool client_asks) {
  Exchange& exchange = *exchange_;
  const std::uint64_t most = loop_.shared().limits.ignored_body_bytes;
  exchange.has_refusal = true;
  exchange.refusal = std::move(failure);
  exchange.max_body = std::min(exchange.max_body, most);
  // A client that waits for our consent has not sent its body, and need not.
  if (!client_asks && exchange.framing.content_length <= most) return;
  close_after_ = linger_ = true;
  dispatch();
}

bool Connection::read_body() {
  const ReadResult result = http::read_body(exchange_, loop_.shared().limits);
  if (result.state == ReadResult::State::kRefused) {
    refuse_request(result.status, result.reason);
    return false;
  }
  if (!exchange_->spill.empty() && !loop_.count_body(exchange_)) {
    refuse_request(503, "too many large bodies at once");
    return false;
  }
  return result.state == ReadResult::State::kComplete;
}

void Connection::dispatch() {
  Exchange& exchange = *exchange_;
  phase_ = Phase::kHandler;
  if (exchange.has_refusal) {
    Response response = render_refusal(exchange.match, exchange.request, exchange.refusal);
    return write_answer(&response, close_after_);
  }
  if (exchange.match.route->max_body == 0) exchange.request.body = {};
  exchange.outstanding = true;
  in_dispatch_ = true;
  exchange.match.route->handler(exchange.request, Responder(&exchange));
  in_dispatch_ = false;
}

// ---- Answers

void Connection::answered(Response* response) {
  exchange_->outstanding = false;
  if (response != nullptr) {
    write_answer(response, false);
  } else {
    Response dropped =
        (*exchange_->match.renderer)(protocol_failure(500, "the request was not answered"));
    write_answer(&dropped, false);
  }
  if (!in_dispatch_) process();
}

/// Answers what never became a request, and closes.
void Connection::refuse(int status, std::string_view reason) {
  if (status != 408) {
    const bool large = status == 414 || status == 431;
    loop_.shared().observer->rejected(large ? Rejection::kTooLarge : Rejection::kMalformed);
  }
  exchange_->head = Head();
  exchange_->head.http11 = true;
  exchange_->request.caller = {};
  Response response = loop_.shared().router->default_renderer()(protocol_failure(status, reason));
  close_after_ = linger_ = true;
  write_response(&response, {}, true);
}

/// Answers a request whose body is not read any further, and closes.
void Connection::refuse_request(int status, std::string_view message) {
  Response response = (*exchange_->match.renderer)(protocol_failure(status, message));
  linger_ = true;
  write_answer(&response, true);
}

void Connection::write_answer(Response* response, bool close) {
  const Shared& shared = loop_.shared();
  Exchange& exchange = *exchange_;
  // If the client meant to go on, its next request may be under way.
  linger_ = linger_ || exchange.head.keep_alive;
  close_after_ = close || response->close || !exchange.head.keep_alive ||
                 ++answers_ >= shared.limits.requests_per_connection ||
                 shared.draining.load(std::memory_order_relaxed);
  finish_request(*response, write_response(response, exchange.request.request_id, close_after_));
}

void Connection::finish_request(const Response& response, std::uint64_t response_bytes) {
  Exchange& exchange = *exchange_;
  const base::SteadyTime now = loop_.now();
  observe(response, response_bytes, now);
  if (exchange.match.route != nullptr && exchange.match.route->sheds_load) loop_.work_done(now);
  loop_.forget_body(&exchange);
  exchange.next_request();
  exchange.request.received = now;
  phase_ = Phase::kIdle;
  deadline_ = now + ms(loop_.shared().limits.idle_ms);
}

std::uint64_t Connection::write_response(Response* response, std::string_view request_id,
                                         bool close) {
  const bool head_only = exchange_->head.method == Method::kHead;
  const std::uint64_t length = append_head(*response,
                                           {.date = loop_.date(),
                                            .request_id = request_id,
                                            .http11 = exchange_->head.http11,
                                            .close = close,
                                            .head_only = head_only,
                                            .allowance = &exchange_->request.caller.allowance},
                                           &output_.text());
  if (head_only || length == 0) return length;
  if (length < Output::kLarge) {
    output_.text() += body_of(*response);
  } else if (!response->static_body.empty()) {
    output_.append_static(response->static_body);
  } else {
    output_.append_large(std::move(response->body));
  }
  return length;
}

void Connection::observe(const Response& response, std::uint64_t response_bytes,
                         base::SteadyTime now) {
  const Exchange& exchange = *exchange_;
  const Route* route = exchange.match.route;
  loop_.shared().observer->finished(
      {.path = exchange.match.path,
       .method = exchange.request.method,
       .counted = route == nullptr || route->counted,
       .status = response.status,
       .annotation = response.annotation,
       .request_bytes = exchange.framing.content_length,
       .response_bytes = response_bytes,
       .seconds = base::seconds_between(exchange.request.received, now),
       .request_id = exchange.request.request_id,
       .trace = &exchange.request.trace,
       .peer = exchange.request.peer});
}

/// Writes until all is sent, or the client has to read first, or the connection is lost.
void Connection::flush() {
  if (writing_ || phase_ == Phase::kClosed) return;
  while (!output_.empty()) {
    if (!write_some()) return;
  }
  stalled_ = false;
}

bool Connection::write_some() {
  ErrorCode error;
  const auto [first, second] = output_.pending();
  const std::size_t sent = transport_.write(first, second, &error);
  if (error == asio::error::would_block || error == asio::error::try_again) {
    if (!stalled_) write_deadline_ = loop_.now() + ms(loop_.shared().limits.write_ms);
    stalled_ = true;
    wait_writable();
    return false;
  }
  if (error) {
    close();
    return false;
  }
  output_.consume(sent);
  return true;
}

void Connection::wait_writable() {
  writing_ = true;
  ++pending_;
  transport_.async_wait_output([this](const ErrorCode& error) {
    if (!operation_done()) return;
    writing_ = false;
    if (error) return close();
    process_output();
  });
}

void Connection::process_output() {
  flush();
  if (writing_ || phase_ == Phase::kClosed) return;
  // The time that the client took to read is not the next request's.
  if (phase_ == Phase::kIdle) exchange_->request.received = loop_.now();
  process();
}

/// Sends what was answered and sees to what comes next: more input, the client's reading, or the
/// end.
void Connection::settle() {
  flush();
  if (phase_ == Phase::kClosed) return;
  if (phase_ == Phase::kHandler) return read();
  if (writing_) return;
  if (phase_ == Phase::kStream) return pump_stream();
  if (close_after_) return finish();
  if (input_ended_) return close();
  const bool idle = phase_ == Phase::kIdle && exchange_->unconsumed().empty();
  if (idle && !reading_ && loop_.is_crowded()) return park();
  read();
}

void Connection::finish() {
  if (input_ended_ || (!linger_ && exchange_->unconsumed().empty())) return close();
  phase_ = Phase::kLinger;
  const Limits& limits = loop_.shared().limits;
  deadline_ = loop_.now() + ms(limits.linger_ms);
  linger_left_ = limits.linger_bytes;
  exchange_->begin = exchange_->end = 0;
  transport_.end_sending();
  read();
}

}  // namespace dss::http
