#include "http/connection.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <utility>

#include "http/reply.h"
#include "http/status.h"

namespace dss::http {
namespace {

namespace asio = boost::asio;
using ErrorCode = boost::system::error_code;

/// Bodies from this size on are sent from where they are.
constexpr std::size_t kTailBytes = 16384;
/// Output capacity that an idle connection may keep.
constexpr std::size_t kKeptOutput = 4096;

std::chrono::milliseconds ms(std::uint64_t count) { return std::chrono::milliseconds(count); }

}  // namespace

Connection::Connection(Loop* loop, Incoming incoming)
    : loop_(*loop),
      socket_(loop->context().get_executor()),
      address_(incoming.address),
      door_(incoming.door) {
  ErrorCode ignored;
  socket_.assign(incoming.ipv6 ? asio::ip::tcp::v6() : asio::ip::tcp::v4(), incoming.socket.get(),
                 ignored);
  if (!ignored) (void)incoming.socket.release();
  socket_.non_blocking(true, ignored);
}

void Connection::start() {
  deadline_ = loop_.now() + ms(loop_.shared().limits.header_ms);
  wait_for_first_byte();
}

void Connection::close() {
  if (phase_ == Phase::kClosed) return;
  phase_ = Phase::kClosed;
  loop_.remove(this);
  ErrorCode ignored;
  socket_.close(ignored);
  if (exchange_ != nullptr) {
    exchange_->sink = nullptr;
    if (exchange_->outstanding) {
      exchange_->gone.store(true, std::memory_order_relaxed);
    } else {
      loop_.release(exchange_);
    }
    exchange_ = nullptr;
  }
  // Deleting waits for the frames above us and for the handlers that hold `this`.
  ++pending_;
  asio::post(loop_.context(), [this] { operation_done(); });
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
  if (now >= deadline_) {
    if (phase_ != Phase::kHead && phase_ != Phase::kBody) return close();
    loop_.shared().observer->rejected(Rejection::kTimeout);
    phase_ == Phase::kBody ? refuse_request(408, "the body took too long")
                           : refuse(408, "the headers took too long");
    flush();
    return close();
  }
  if (phase_ == Phase::kIdle && !active_ && exchange_ != nullptr && reading_ && !parking_) {
    parking_ = true;
    ErrorCode ignored;
    socket_.cancel(ignored);
  }
  active_ = false;
}

void Connection::end_if_idle(base::SteadyTime now) {
  // A request may be on its way: it gets its answer.
  if (phase_ == Phase::kIdle)
    deadline_ = std::min(deadline_, now + ms(loop_.shared().limits.linger_ms));
}

// ---- Reading

void Connection::wait_for_first_byte() {
  reading_ = true;
  ++pending_;
  socket_.async_wait(Socket::wait_read, [this](const ErrorCode& error) {
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
  if (phase_ != Phase::kHandler)
    exchange_->compact(phase_ == Phase::kBody ? exchange_->head_end : 0);
  if (exchange_->free_bytes() == 0) return;
  reading_ = true;
  ++pending_;
  socket_.async_read_some(
      asio::buffer(exchange_->buffer.data() + exchange_->end, exchange_->free_bytes()),
      [this](const ErrorCode& error, std::size_t bytes) {
        reading_ = false;
        if (operation_done()) on_read(error, bytes);
      });
}

void Connection::on_read(const ErrorCode& error, std::size_t bytes) {
  const bool parking = std::exchange(parking_, false);
  if (error == asio::error::operation_aborted && parking) {
    loop_.release(std::exchange(exchange_, nullptr));
    out_ = std::string();
    return wait_for_first_byte();
  }
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

void Connection::on_end_of_input() {
  input_ended_ = true;
  // Whoever only ends his sending still gets the answers he asked for.
  if (phase_ != Phase::kHandler && !writing_) close();
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
        if (operation_done()) process();
      });
      return;
    }
    if (!step()) break;
    if (!tail_.empty() || out_.size() >= limits.unread_output_bytes) flush();
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
  Exchange& exchange = *exchange_;
  while (exchange.unconsumed().starts_with("\r\n")) exchange.begin += 2;
  if (exchange.unconsumed().empty() || exchange.unconsumed() == "\r") return false;
  switch (exchange.scanner.scan(exchange.unconsumed(), loop_.shared().limits)) {
    case HeadScanner::State::kRefused:
      refuse(exchange.scanner.status(), exchange.scanner.reason());
      return false;
    case HeadScanner::State::kIncomplete:
      return false;
    case HeadScanner::State::kComplete:
      break;
  }
  if (!parse_head()) return false;
  const std::size_t head_begin = exchange.begin - exchange.scanner.head_bytes();
  if (head_begin != 0 && body_is_incomplete()) {
    // The rest of the body needs the room in front of the head: parsed again once it has moved
    // there.
    exchange.begin = head_begin;
    exchange.scanner.reset();
    if (reading_) return false;
    exchange.compact(0);
    return read_head();
  }
  accept_head();
  return phase_ == Phase::kBody;
}

/// Parses and judges the head found by the scanner, and moves behind it. False if it was refused.
bool Connection::parse_head() {
  Exchange& exchange = *exchange_;
  const std::string_view bytes = exchange.unconsumed().substr(0, exchange.scanner.head_bytes());
  exchange.begin += bytes.size();
  exchange.head_end = exchange.begin;
  if (const int status = exchange.parser.parse_head(bytes, exchange.headers, &exchange.head)) {
    refuse(status, status == 505 ? "only HTTP/1.0 and HTTP/1.1 are spoken here"
                                 : "the request is malformed");
    return false;
  }
  exchange.framing = check_framing(exchange.head);
  if (exchange.framing.status != 0) refuse(exchange.framing.status, exchange.framing.reason);
  return exchange.framing.status == 0;
}

bool Connection::body_is_incomplete() const {
  const Framing& framing = exchange_->framing;
  return framing.chunked || exchange_->unconsumed().size() < framing.content_length;
}

/// Makes the request of an accepted head, finds its route and decides what becomes of its body.
void Connection::accept_head() {
  make_request();
  phase_ = Phase::kBody;
  const Limits& limits = loop_.shared().limits;
  Exchange& exchange = *exchange_;
  const Request& request = exchange.request;
  deadline_ = request.received + ms(limits.body_ms);
  exchange.match = loop_.shared().router->match(request.method, request.path, door_);
  const Route* route = exchange.match.route;
  loop_.shared().observer->started(exchange.match.path, request.method,
                                   route == nullptr || route->counted);
  exchange.max_body =
      route != nullptr && route->max_body != 0 ? route->max_body : limits.ignored_body_bytes;
  if (exchange.framing.content_length > exchange.max_body)
    return refuse_request(413, "the body is too large");
  const bool asks = exchange.framing.expect_continue && body_is_incomplete();
  if (std::optional<Failure> failure = judge_route())
    return hold_refusal(std::move(*failure), asks);
  if (asks && exchange.unconsumed().empty()) out_ += "HTTP/1.1 100 Continue\r\n\r\n";
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

void Connection::make_request() {
  Exchange& exchange = *exchange_;
  const Head& head = exchange.head;
  Request& request = exchange.request;
  request.method = head.method;
  request.target = exchange.framing.target;
  const std::size_t mark = request.target.find('?');
  request.path = request.target.substr(0, mark);
  request.query =
      mark == std::string_view::npos ? std::string_view() : request.target.substr(mark + 1);
  request.headers = head.headers;
  request.body = {};
  request.request_id =
      is_request_id(head.request_id) ? head.request_id : new_request_id(loop_.rng(), &exchange.id);
  std::optional<trace::Context> context;
  if (!head.traceparent.empty()) context = trace::parse_traceparent(head.traceparent);
  request.trace = context ? *context : trace::new_trace(loop_.rng());
}

/// What is wrong with the request before its body is known.
std::optional<Failure> Connection::judge_route() {
  const Router::Match& match = exchange_->match;
  switch (match.kind) {
    case Router::Match::Kind::kNotFound:
      return protocol_failure(404, "no such path");
    case Router::Match::Kind::kMethodNotAllowed:
      return protocol_failure(405, "the path does not know this method");
    case Router::Match::Kind::kRedirect:
      return protocol_failure(307, "the path has no trailing slash");
    case Router::Match::Kind::kRoute:
      break;
  }
  return match.route->guard ? match.route->guard(exchange_->request) : std::nullopt;
}

bool Connection::read_body() { return exchange_->framing.chunked ? read_chunks() : read_sized(); }

bool Connection::read_chunks() {
  Exchange& exchange = *exchange_;
  const RequestParser::Progress progress = exchange.parser.parse_chunks(
      exchange.unconsumed(), exchange.max_body, loop_.shared().limits, &exchange.spill);
  exchange.begin += progress.consumed;
  if (progress.status != 0) {
    refuse_request(progress.status, progress.status == 413 ? "the body is too large"
                                                           : "the chunked body is malformed");
    return false;
  }
  if (!progress.done) return false;
  exchange.spill.reserve(exchange.spill.size() + kBodyPadding);
  exchange.request.body = exchange.spill;
  return true;
}

bool Connection::read_sized() {
  Exchange& exchange = *exchange_;
  const std::size_t length = exchange.framing.content_length;
  if (exchange.spill.empty() && exchange.begin + length <= kBufferBytes) {
    if (exchange.unconsumed().size() < length) return false;
    exchange.request.body = exchange.unconsumed().substr(0, length);
    exchange.begin += length;
    return true;
  }
  const std::string_view part = exchange.unconsumed().substr(0, length - exchange.spill.size());
  exchange.spill.append(part);
  exchange.begin += part.size();
  if (exchange.spill.size() < length) return false;
  exchange.spill.reserve(length + kBodyPadding);
  exchange.request.body = exchange.spill;
  return true;
}

void Connection::dispatch() {
  Exchange& exchange = *exchange_;
  phase_ = Phase::kHandler;
  if (exchange.has_refusal) {
    Response response = (*exchange.match.renderer)(exchange.refusal);
    if (exchange.refusal.retry_after_seconds > 0) {
      response.headers.emplace_back("Retry-After",
                                    std::to_string(exchange.refusal.retry_after_seconds));
    }
    if (!exchange.match.allow.empty()) response.headers.emplace_back("Allow", exchange.match.allow);
    if (!exchange.match.location.empty()) {
      const std::string_view query = exchange.request.target.substr(exchange.request.path.size());
      response.headers.emplace_back("Location",
                                    std::string(exchange.match.location) + std::string(query));
    }
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
  const base::SteadyTime now = loop_.now();
  const std::uint64_t response_bytes =
      write_response(response, exchange.request.request_id, close_after_);
  observe(*response, response_bytes, now);
  exchange.next_request();
  exchange.request.received = now;
  phase_ = Phase::kIdle;
  deadline_ = now + ms(shared.limits.idle_ms);
}

std::uint64_t Connection::write_response(Response* response, std::string_view request_id,
                                         bool close) {
  const bool head_only = exchange_->head.method == Method::kHead;
  const std::uint64_t length = append_head(*response,
                                           {.date = loop_.date(),
                                            .request_id = request_id,
                                            .http11 = exchange_->head.http11,
                                            .close = close,
                                            .head_only = head_only},
                                           &out_);
  if (head_only || length == 0) return length;
  if (length < kTailBytes) {
    out_ += body_of(*response);
  } else if (!response->static_body.empty()) {
    tail_ = response->static_body;
  } else {
    tail_owner_ = std::move(response->body);
    tail_ = tail_owner_;
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
  while (!out_.empty() || !tail_.empty()) {
    if (!write_some()) return;
  }
  stalled_ = false;
}

bool Connection::write_some() {
  ErrorCode error;
  const asio::const_buffer head(out_.data() + out_sent_, out_.size() - out_sent_);
  std::size_t sent = 0;
  if (tail_.empty()) {
    sent = socket_.write_some(asio::const_buffers_1(head), error);
  } else {
    sent =
        socket_.write_some(std::array{head, asio::const_buffer(tail_.data(), tail_.size())}, error);
  }
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
  const std::size_t of_head = std::min(sent, head.size());
  out_sent_ += of_head;
  tail_.remove_prefix(sent - of_head);
  if (out_sent_ == out_.size()) {
    out_.clear();
    out_sent_ = 0;
  }
  if (tail_.empty() && !tail_owner_.empty()) tail_owner_ = std::string();
  return true;
}

void Connection::wait_writable() {
  writing_ = true;
  ++pending_;
  socket_.async_wait(Socket::wait_write, [this](const ErrorCode& error) {
    if (!operation_done()) return;
    writing_ = false;
    if (error) return close();
    process_output();
  });
}

void Connection::process_output() {
  flush();
  if (!writing_ && phase_ != Phase::kClosed) process();
}

/// Sends what was answered and sees to what comes next: more input, the client's reading, or the
/// end.
void Connection::settle() {
  flush();
  if (phase_ == Phase::kClosed) return;
  if (phase_ == Phase::kHandler) return read();
  if (writing_) return;
  if (close_after_) return finish();
  if (input_ended_) return close();
  read();
}

void Connection::finish() {
  if (input_ended_ || (!linger_ && exchange_->unconsumed().empty())) return close();
  phase_ = Phase::kLinger;
  const Limits& limits = loop_.shared().limits;
  deadline_ = loop_.now() + ms(limits.linger_ms);
  linger_left_ = limits.linger_bytes;
  exchange_->begin = exchange_->end = 0;
  ErrorCode ignored;
  socket_.shutdown(Socket::shutdown_send, ignored);
  read();
}

}  // namespace dss::http
