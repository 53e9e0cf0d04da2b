// The least that a server can do: one epoll loop that reads a request up to its Content-Length and
// writes a fixed answer.
//
//   bench_http_floor PORT ANSWER_BYTES
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

namespace {

struct Connection {
  int socket;
  std::size_t filled = 0;
  std::array<char, 16384> buffer;
};

int listen_on(std::uint16_t port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(socket, 512) != 0) {
    std::perror("listen");
    std::exit(1);
  }
  return socket;
}

void watch(int epoll, int socket, void* data) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.ptr = data;
  ::epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event);
}

void accept_one(int epoll, int listener) {
  const int socket = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (socket < 0) return;
  const int on = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  watch(epoll, socket, new Connection{.socket = socket, .buffer = {}});
}

bool request_complete(std::string_view bytes) {
  constexpr std::string_view kLength = "\r\nContent-Length: ";
  const std::size_t head = bytes.find("\r\n\r\n");
  if (head == std::string_view::npos) return false;
  const std::size_t at = bytes.find(kLength);
  const std::size_t body =
      at < head ? std::strtoul(bytes.data() + at + kLength.size(), nullptr, 10) : 0;
  return bytes.size() >= head + 4 + body;
}

void serve(Connection* connection, std::string_view answer) {
  const ssize_t got = ::recv(connection->socket, connection->buffer.data() + connection->filled,
                             connection->buffer.size() - connection->filled, 0);
  if (got <= 0) {
    ::close(connection->socket);
    delete connection;
    return;
  }
  connection->filled += static_cast<std::size_t>(got);
  if (!request_complete({connection->buffer.data(), connection->filled})) return;
  connection->filled = 0;
  if (::send(connection->socket, answer.data(), answer.size(), MSG_NOSIGNAL) < 0)
    std::perror("send");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: bench_http_floor PORT ANSWER_BYTES\n", stderr);
    return 2;
  }
  const std::string body(std::strtoul(argv[2], nullptr, 10), 'x');
  const std::string answer =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
      std::to_string(body.size()) + "\r\n\r\n" + body;
  const int listener = listen_on(static_cast<std::uint16_t>(std::atoi(argv[1])));
  const int epoll = ::epoll_create1(0);
  watch(epoll, listener, nullptr);
  for (std::array<epoll_event, 64> events;;) {
    const int ready = ::epoll_wait(epoll, events.data(), static_cast<int>(events.size()), -1);
    for (int i = 0; i < ready; ++i) {
      auto* connection = static_cast<Connection*>(events[static_cast<std::size_t>(i)].data.ptr);
      if (connection == nullptr) {
        accept_one(epoll, listener);
      } else {
        serve(connection, answer);
      }
    }
  }
}
