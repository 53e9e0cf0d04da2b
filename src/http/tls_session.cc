#include "http/tls_session.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <boost/asio/error.hpp>
#include <new>

namespace dss::http {

namespace asio = boost::asio;

TlsSession::TlsSession(const TlsContext& context, int socket)
    : session_(SSL_new(context.native())) {
  if (session_ == nullptr || SSL_set_fd(session_, socket) != 1) throw std::bad_alloc();
  SSL_set_accept_state(session_);
}

TlsSession::~TlsSession() { SSL_free(session_); }

TlsSession::Wait TlsSession::judge(int result, ErrorCode* error) {
  switch (SSL_get_error(session_, result)) {
    case SSL_ERROR_WANT_READ:
      return Wait::kInput;
    case SSL_ERROR_WANT_WRITE:
      return Wait::kOutput;
    case SSL_ERROR_ZERO_RETURN:
      *error = asio::error::eof;
      return Wait::kNothing;
    default:
      // After such an error OpenSSL forbids every further call, the farewell too.
      established_ = false;
      *error = asio::error::connection_reset;
      return Wait::kNothing;
  }
}

TlsSession::Wait TlsSession::handshake(ErrorCode* error) {
  ERR_clear_error();
  const int result = SSL_do_handshake(session_);
  if (result != 1) return judge(result, error);
  established_ = true;
  return Wait::kNothing;
}

TlsSession::Wait TlsSession::read(char* data, std::size_t size, std::size_t* bytes,
                                  ErrorCode* error) {
  ERR_clear_error();
  const int result = SSL_read_ex(session_, data, size, bytes);
  return result == 1 ? Wait::kNothing : judge(result, error);
}

std::size_t TlsSession::write(std::string_view bytes, ErrorCode* error) {
  ERR_clear_error();
  std::size_t written = 0;
  const int result = SSL_write_ex(session_, bytes.data(), bytes.size(), &written);
  if (result == 1) return written;
  const Wait wait = judge(result, error);
  // Without renegotiation writing never waits for input.
  if (wait == Wait::kOutput) *error = asio::error::would_block;
  if (wait == Wait::kInput) *error = asio::error::connection_reset;
  return 0;
}

void TlsSession::end_sending() {
  if (!established_) return;
  established_ = false;
  ERR_clear_error();
  (void)SSL_shutdown(session_);
}

bool TlsSession::has_input() const { return SSL_pending(session_) > 0; }

}  // namespace dss::http
