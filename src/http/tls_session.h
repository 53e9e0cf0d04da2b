// TLS on one connection: OpenSSL over a non-blocking socket, without waiting of its own.
#pragma once

#include <boost/system/error_code.hpp>
#include <cstdint>
#include <memory>
#include <string_view>

#include "http/tls_context.h"

struct ssl_st;  // OpenSSL's SSL

namespace dss::http {

using ErrorCode = boost::system::error_code;

/// Not thread-safe. REQUIRES: SIGPIPE is ignored (OpenSSL writes with write()); the socket outlives
/// all calls.
class TlsSession {
 public:
  /// What a call that could not finish waits for.
  enum class Wait : std::uint8_t { kNothing, kInput, kOutput };

  TlsSession(const TlsContext& context, int socket);
  ~TlsSession();
  TlsSession(const TlsSession&) = delete;
  TlsSession& operator=(const TlsSession&) = delete;

  /// Goes on with the handshake; kNothing without an error: it is done.
  Wait handshake(ErrorCode* error);
  /// Reads some bytes into `data` and sets `*bytes`; kNothing: done, or `*error` (asio's `eof` at
  /// the end).
  Wait read(char* data, std::size_t size, std::size_t* bytes, ErrorCode* error);
  /// Writes at most one record of `bytes`; would_block if the socket takes nothing: then the same
  /// bytes must come again, more may follow them.
  std::size_t write(std::string_view bytes, ErrorCode* error);
  /// Tells the client that nothing more comes, as far as the socket takes it at once.
  void end_sending();
  /// Whether read() has bytes that no longer lie in the socket.
  [[nodiscard]] bool has_input() const;

 private:
  Wait judge(int result, ErrorCode* error);

  ssl_st* session_;
  bool established_ = false;
};

}  // namespace dss::http
