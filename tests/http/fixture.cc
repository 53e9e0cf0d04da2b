#include "fixture.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <thread>

#include "http/test_certificates.h"

namespace dss::http::conformance {
namespace {

constexpr int kPatienceMs = 20000;

Response text(int status, std::string body) {
  return {.status = status, .content_type = "text/plain", .headers = {}, .body = std::move(body)};
}

void later(Lane* lane, const Request& request, Responder responder) {
  Task task([body = std::string(request.body), moved = std::move(responder)]() mutable {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    moved.send(text(200, std::move(body)));
  });
  if (!lane->try_run(&task)) task = Task();
}

/// OpenSSL writes without MSG_NOSIGNAL.
void ignore_broken_pipes() { ::signal(SIGPIPE, SIG_IGN); }

std::shared_ptr<const TlsContext> test_tls() {
  ignore_broken_pipes();
  static const TestFolder folder;
  static const auto context = TlsContext::open(folder.write(TestIdentity()));
  if (!context) throw std::runtime_error(context.error().message);
  return *context;
}

SSL_CTX* client_tls() {
  static SSL_CTX* context = SSL_CTX_new(TLS_client_method());
  SSL_CTX_set_options(context, SSL_OP_IGNORE_UNEXPECTED_EOF);
  return context;
}

}  // namespace

RouteTable test_routes(Lane* lane) {
  RouteTable table;
  const auto add = [&](Method method, std::string path, Handler handler,
                       std::size_t max_body = 0) -> Route& {
    return table.routes.emplace_back(Route{.method = method,
                                           .path = std::move(path),
                                           .handler = std::move(handler),
                                           .max_body = max_body});
  };
  add(Method::kGet, "/health",
      [](const Request&, Responder responder) { responder.send(text(200, "ok")); });
  const Handler echo = [](const Request& request, Responder responder) {
    responder.send(text(200, std::string(request.body)));
  };
  add(Method::kPost, "/echo", echo, 65536);
  add(
      Method::kPost, "/later",
      [lane](const Request& request, Responder responder) {
        later(lane, request, std::move(responder));
      },
      65536);
  add(Method::kGet, "/dropped", [](const Request&, Responder) {});
  // Works for up to 10 s, unless its client goes.
  add(Method::kGet, "/patient", [lane](const Request&, Responder responder) {
    Task task([moved = std::move(responder)]() mutable {
      for (int i = 0; i < 1000 && !moved.client_gone(); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
      }
      if (!moved.client_gone()) moved.send(text(200, "patient"));
    });
    if (!lane->try_run(&task)) task = Task();
  });
  add(Method::kGet, "/large", [](const Request&, Responder responder) {
    responder.send(text(200, std::string(1 << 20, 'x')));
  });
  add(Method::kPost, "/guarded", echo, 65536).guard = [](const Request&) -> std::optional<Failure> {
    return Failure{.status = 401, .code = "unauthorized", .message = "no"};
  };
  table.renderers.emplace_back(
      "", [](const Failure& failure) { return text(failure.status, std::string(failure.code)); });
  return table;
}

TestServer::TestServer(Limits limits, int loops, Security security) {
  Server::Config config;
  config.listen = {{.address = "127.0.0.1"}};
  config.loops = loops;
  config.limits = limits;
  if (security == Security::kTls) config.tls = test_tls();
  auto started =
      Server::start(config, test_routes(&lane), &observer, &base::system_clock(), nullptr);
  if (!started) throw std::runtime_error(started.error().message);
  server = std::move(*started);
}

Client::Client() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {}

void Client::connect(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("cannot connect");
  }
}

void Client::start_tls() {
  ignore_broken_pipes();
  tls_ = SSL_new(client_tls());
  SSL_set_fd(tls_, socket_);
  if (SSL_connect(tls_) != 1) throw std::runtime_error("no TLS handshake");
}

Client::~Client() {
  SSL_free(tls_);
  if (socket_ >= 0) ::close(socket_);
}

bool Client::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::ptrdiff_t sent = send_some(bytes);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::ptrdiff_t Client::send_some(std::string_view bytes) {
  if (tls_ != nullptr) return SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size()));
  return ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

/// Negative if the connection was reset, 0 at its end.
std::ptrdiff_t Client::receive(char* data, std::size_t size) {
  if (tls_ == nullptr) return ::recv(socket_, data, size, 0);
  const int got = SSL_read(tls_, data, static_cast<int>(size));
  return got <= 0 && SSL_get_error(tls_, got) == SSL_ERROR_ZERO_RETURN ? 0 : got;
}

void Client::half_close() {
  if (tls_ != nullptr) SSL_shutdown(tls_);
  ::shutdown(socket_, SHUT_WR);
}

void Client::reset() {
  const linger now{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  ::close(std::exchange(socket_, -1));
}

bool Client::fill(int milliseconds) {
  pollfd poller{.fd = socket_, .events = POLLIN, .revents = 0};
  const bool decrypted = tls_ != nullptr && SSL_pending(tls_) > 0;
  if (ended_ || (!decrypted && ::poll(&poller, 1, milliseconds) <= 0)) return false;
  char buffer[65536];
  const std::ptrdiff_t got = receive(buffer, sizeof buffer);
  if (got < 0) throw std::runtime_error("the connection was reset");
  if (got == 0) ended_ = true;
  received_.append(buffer, static_cast<std::size_t>(got));
  return got > 0;
}

Client::Answer Client::read_answer(bool has_body) {
  Answer answer = read_any_answer(has_body);
  while (answer.status >= 100 && answer.status < 200) answer = read_any_answer(has_body);
  return answer;
}

Client::Answer Client::read_any_answer(bool has_body) {
  std::size_t end = std::string::npos;
  while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
    if (!fill(kPatienceMs)) {
      if (!ended_) throw std::runtime_error("no answer in time");
      if (!received_.empty()) throw std::runtime_error("half an answer: " + received_);
      return {};
    }
  }
  Answer answer{.status = std::stoi(received_.substr(9, 3)),
                .head = received_.substr(0, end + 4),
                .body = ""};
  received_.erase(0, end + 4);
  const std::size_t at = answer.head.find("Content-Length: ");
  if (!has_body || at == std::string::npos) return answer;
  const auto length = static_cast<std::size_t>(std::stoul(answer.head.substr(at + 16)));
  while (received_.size() < length) {
    if (!fill(kPatienceMs)) throw std::runtime_error("half a body");
  }
  answer.body = received_.substr(0, length);
  received_.erase(0, length);
  return answer;
}

bool Client::is_closed_within(int milliseconds) {
  if (received_.empty()) fill(milliseconds);
  return ended_ && received_.empty();
}

}  // namespace dss::http::conformance
