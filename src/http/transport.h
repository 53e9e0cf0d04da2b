// The bytes of one connection, as the connection sees them: over TCP, or over TLS on it.
#pragma once

#include <array>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <memory>
#include <string_view>
#include <utility>

#include "http/descriptor.h"
#include "http/tls_session.h"

namespace dss::http {

/// A TCP socket, with TLS once begin_tls() was called. Not thread-safe; completions run on the loop
/// that it was made for.
class Transport {
 public:
  explicit Transport(boost::asio::io_context* context) : socket_(context->get_executor()) {}

  void open(Descriptor socket, bool ipv6) {
    namespace ip = boost::asio::ip;
    ErrorCode error;
    socket_.assign(ipv6 ? ip::tcp::v6() : ip::tcp::v4(), socket.get(), error);
    if (!error) (void)socket.release();
    socket_.non_blocking(true, error);
  }
  /// From now on all bytes are TLS's; handshake() comes before reading and writing.
  void begin_tls(const TlsContext& context) {
    tls_ = std::make_unique<TlsSession>(context, socket_.native_handle());
  }
  /// REQUIRES: begin_tls().
  TlsSession::Wait handshake(ErrorCode* error) { return tls_->handshake(error); }
  /// The first byte of the socket's input, which stays there; -1 if there is none.
  [[nodiscard]] int peek() {
    unsigned char byte = 0;
    ErrorCode error;
    const std::size_t got =
        socket_.receive(boost::asio::buffer(&byte, 1), Socket::message_peek, error);
    return got == 1 ? byte : -1;
  }

  /// Pending operations complete with operation_aborted.
  void close() {
    ErrorCode ignored;
    if (tls_ != nullptr) tls_->end_sending();
    socket_.close(ignored);
  }
  void cancel() {
    ErrorCode ignored;
    socket_.cancel(ignored);
  }
  void end_sending() {
    ErrorCode ignored;
    if (tls_ != nullptr) tls_->end_sending();
    socket_.shutdown(Socket::shutdown_send, ignored);
  }
  [[nodiscard]] bool has_input() const {
    ErrorCode ignored;
    return socket_.available(ignored) != 0 || (tls_ != nullptr && tls_->has_input());
  }

  /// `handler(error, bytes)` once something has been read.
  template <typename Handler>
  void async_read(char* data, std::size_t size, Handler&& handler) {
    if (tls_ != nullptr) [[unlikely]] {
      return async_read_tls(data, size, std::forward<Handler>(handler));
    }
    socket_.async_read_some(boost::asio::buffer(data, size), std::forward<Handler>(handler));
  }
  /// `handler(error)` once there is something to read; needs no buffer meanwhile.
  template <typename Handler>
  void async_wait_input(Handler&& handler) {
    if (tls_ != nullptr && tls_->has_input()) [[unlikely]] {
      boost::asio::post(socket_.get_executor(),
                        [moved = std::forward<Handler>(handler)]() mutable { moved(ErrorCode()); });
      return;
    }
    socket_.async_wait(Socket::wait_read, std::forward<Handler>(handler));
  }
  template <typename Handler>
  void async_wait_output(Handler&& handler) {
    socket_.async_wait(Socket::wait_write, std::forward<Handler>(handler));
  }
  /// `handler(error)` once the connection is lost.
  template <typename Handler>
  void async_wait_loss(Handler&& handler) {
    socket_.async_wait(Socket::wait_error, std::forward<Handler>(handler));
  }
  /// Writes what the socket takes at once of `first` and `second`; would_block if that is nothing.
  std::size_t write(std::string_view first, std::string_view second, ErrorCode* error) {
    using boost::asio::const_buffer;
    if (tls_ != nullptr) [[unlikely]] {
      return tls_->write(first.empty() ? second : first, error);
    }
    const const_buffer head(first.data(), first.size());
    if (second.empty()) return socket_.write_some(head, *error);
    return socket_.write_some(std::array{head, const_buffer(second.data(), second.size())}, *error);
  }

 private:
  using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp,
                                                  boost::asio::io_context::executor_type>;

  /// Bytes that were decrypted already are no event of the socket: they are read at once, in a turn
  /// of their own.
  template <typename Handler>
  void async_read_tls(char* data, std::size_t size, Handler handler) {
    auto read = tls_reader(data, size, std::move(handler));
    if (!tls_->has_input()) return socket_.async_wait(Socket::wait_read, std::move(read));
    boost::asio::post(socket_.get_executor(),
                      [moved = std::move(read)]() mutable { moved(ErrorCode()); });
  }
  /// Reads when the socket is ready, and waits again while no whole record is there.
  template <typename Handler>
  auto tls_reader(char* data, std::size_t size, Handler handler) {
    return [this, data, size, moved = std::move(handler)](ErrorCode error) mutable {
      if (!error && !socket_.is_open()) error = boost::asio::error::operation_aborted;
      std::size_t bytes = 0;
      TlsSession::Wait wait = TlsSession::Wait::kNothing;
      if (!error) wait = tls_->read(data, size, &bytes, &error);
      if (wait == TlsSession::Wait::kNothing) return moved(error, bytes);
      wait_to_read_tls(wait, data, size, std::move(moved));
    };
  }
  template <typename Handler>
  void wait_to_read_tls(TlsSession::Wait wait, char* data, std::size_t size, Handler handler) {
    const auto event = wait == TlsSession::Wait::kInput ? Socket::wait_read : Socket::wait_write;
    socket_.async_wait(event, tls_reader(data, size, std::move(handler)));
  }

  Socket socket_;
  std::unique_ptr<TlsSession> tls_;
};

}  // namespace dss::http
