// The part of a connection's life before its first request when the listener speaks TLS.
#include "http/connection.h"

namespace dss::http {
namespace {

/// A TLS record of a handshake begins with it; no HTTP request can.
constexpr int kHandshakeRecord = 0x16;

}  // namespace

/// Memory for TLS is taken only for clients that send something.
void Connection::wait_for_hello() {
  phase_ = Phase::kHandshake;
  deadline_ = loop_.now() + std::chrono::milliseconds(loop_.shared().limits.handshake_ms);
  ++pending_;
  transport_.async_wait_input([this](const ErrorCode& error) {
    if (!operation_done()) return;
    error ? close() : begin_tls();
  });
}

void Connection::begin_tls() {
  const int first = transport_.peek();
  if (first < 0) return close();
  if (first != kHandshakeRecord) return refuse_plain_text();
  transport_.begin_tls(*loop_.shared().tls.get());
  go_on_with_handshake();
}

/// The answer is plain as well: whoever sent HTTP to this port can read it.
void Connection::refuse_plain_text() {
  exchange_ = loop_.acquire(this, address_, door_);
  phase_ = Phase::kHead;
  refuse(400, "this port speaks HTTPS, not HTTP");
  settle();
}

void Connection::go_on_with_handshake() {
  ErrorCode failed;
  const TlsSession::Wait wait = transport_.handshake(&failed);
  if (failed) {
    loop_.shared().observer->rejected(Rejection::kMalformed);
    return close();
  }
  if (wait == TlsSession::Wait::kNothing) return on_established();
  ++pending_;
  const auto go_on = [this](const ErrorCode& error) {
    if (!operation_done()) return;
    error ? close() : go_on_with_handshake();
  };
  if (wait == TlsSession::Wait::kInput) return transport_.async_wait_input(go_on);
  transport_.async_wait_output(go_on);
}

void Connection::on_established() {
  const Shared& shared = loop_.shared();
  const bool draining = shared.draining.load(std::memory_order_relaxed);
  phase_ = Phase::kIdle;
  deadline_ = loop_.now() + std::chrono::milliseconds(draining ? shared.limits.linger_ms
                                                               : shared.limits.header_ms);
  wait_for_first_byte();
}

}  // namespace dss::http
