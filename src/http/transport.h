// The bytes of one connection, as the connection sees them. TLS is another class with these
// members.
#pragma once

#include <array>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <string_view>
#include <utility>

#include "http/descriptor.h"

namespace dss::http {

using ErrorCode = boost::system::error_code;

/// A plain TCP socket. Not thread-safe; completions run on the loop that it was made for.
class PlainTransport {
 public:
  explicit PlainTransport(boost::asio::io_context* context) : socket_(context->get_executor()) {}

  void open(Descriptor socket, bool ipv6) {
    namespace ip = boost::asio::ip;
    ErrorCode error;
    socket_.assign(ipv6 ? ip::tcp::v6() : ip::tcp::v4(), socket.get(), error);
    if (!error) (void)socket.release();
    socket_.non_blocking(true, error);
  }
  /// Pending operations complete with operation_aborted.
  void close() {
    ErrorCode ignored;
    socket_.close(ignored);
  }
  void cancel() {
    ErrorCode ignored;
    socket_.cancel(ignored);
  }
  void end_sending() {
    ErrorCode ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
  }
  [[nodiscard]] bool has_input() const {
    ErrorCode ignored;
    return socket_.available(ignored) != 0;
  }

  /// `handler(error, bytes)` once something has been read.
  template <typename Handler>
  void async_read(char* data, std::size_t size, Handler&& handler) {
    socket_.async_read_some(boost::asio::buffer(data, size), std::forward<Handler>(handler));
  }
  /// `handler(error)` once there is something to read; needs no buffer meanwhile.
  template <typename Handler>
  void async_wait_input(Handler&& handler) {
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
    const const_buffer head(first.data(), first.size());
    if (second.empty()) return socket_.write_some(head, *error);
    return socket_.write_some(std::array{head, const_buffer(second.data(), second.size())}, *error);
  }

 private:
  using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp,
                                                  boost::asio::io_context::executor_type>;
  Socket socket_;
};

}  // namespace dss::http
