// Load for one server: CONNECTIONS keep-alive connections, each with one request under way, for
// SECONDS.
//
//   bench_http_generator PORT PATH CONNECTIONS SECONDS BODIES FIRST
//
// BODIES holds one JSON document a line, each to be sent with POST; FIRST is the line to begin
// with. BODIES `-` sends GET instead. All requests are laid out in memory before the first is sent,
// so that a request costs this program little more than its two system calls. It never sleeps: a
// server whose answer has to wake a sleeping client pays for that in its own system time, the more
// the slower it is, and over a network it would not. So this program wants a core to itself. Prints
// one JSON object.
#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "client.h"

namespace {

using Clock = std::chrono::steady_clock;

struct Connection {
  int socket = -1;
  std::size_t filled = 0;
  Clock::time_point sent;
  std::array<char, 16384> buffer;
};

struct Tally {
  std::uint64_t answered = 0;
  std::uint64_t refused = 0;  // another status than 200
  std::uint64_t answer_bytes = 0;
  std::vector<std::uint32_t> nanoseconds;
};

int connect_to(std::uint16_t port) {
  const int socket = bench::open_socket();
  const sockaddr_in address = bench::loopback(port);
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    bench::stop("connect");
  return socket;
}

class Load {
 public:
  Load(std::vector<std::string> requests, std::uint16_t port, std::size_t connections,
       std::size_t first)
      : requests_(std::move(requests)),
        next_(first),
        connections_(connections),
        epoll_(::epoll_create1(0)) {
    for (Connection& connection : connections_) {
      connection.socket = connect_to(port);
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.ptr = &connection;
      ::epoll_ctl(epoll_, EPOLL_CTL_ADD, connection.socket, &event);
    }
  }

  void run(std::chrono::duration<double> time) {
    const auto end = Clock::now() + std::chrono::duration_cast<Clock::duration>(time);
    for (Connection& connection : connections_) send_next(connection);
    std::array<epoll_event, 64> events;
    while (Clock::now() < end) {
      const int ready = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 0);
      for (int i = 0; i < ready; ++i)
        receive(*static_cast<Connection*>(events[static_cast<std::size_t>(i)].data.ptr));
    }
  }

  Tally& tally() { return tally_; }

 private:
  void send_next(Connection& connection) {
    const std::string& request = requests_[next_++ % requests_.size()];
    connection.sent = Clock::now();
    if (::send(connection.socket, request.data(), request.size(), MSG_NOSIGNAL) !=
        static_cast<ssize_t>(request.size())) {
      bench::stop("send");
    }
  }

  void receive(Connection& connection) {
    const ssize_t got = ::recv(connection.socket, connection.buffer.data() + connection.filled,
                               connection.buffer.size() - connection.filled, 0);
    if (got <= 0) bench::stop("the server ended a connection");
    connection.filled += static_cast<std::size_t>(got);
    const std::string_view bytes(connection.buffer.data(), connection.filled);
    const bench::Answer answer = bench::read_answer(bytes);
    if (answer.length == 0) return;
    if (answer.status != 200) ++tally_.refused;
    ++tally_.answered;
    tally_.answer_bytes += answer.length;
    tally_.nanoseconds.push_back(static_cast<std::uint32_t>(
        std::chrono::nanoseconds(Clock::now() - connection.sent).count()));
    connection.filled = 0;
    send_next(connection);
  }

  std::vector<std::string> requests_;
  std::size_t next_;
  std::vector<Connection> connections_;
  int epoll_;
  Tally tally_;
};

double microseconds_at(std::vector<std::uint32_t>& values, double share) {
  if (values.empty()) return 0;
  const auto place = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + place, values.end());
  return values[static_cast<std::size_t>(place)] / 1000.0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 7) {
    std::fputs("usage: bench_http_generator PORT PATH CONNECTIONS SECONDS BODIES FIRST\n", stderr);
    return 2;
  }
  Load load(bench::lay_out_requests(argv[2], argv[5]),
            static_cast<std::uint16_t>(std::atoi(argv[1])), std::strtoul(argv[3], nullptr, 10),
            std::strtoul(argv[6], nullptr, 10));
  load.tally().nanoseconds.reserve(4'000'000);
  const double cpu_before = bench::cpu_seconds();
  const auto begin = Clock::now();
  load.run(std::chrono::duration<double>(std::atof(argv[4])));
  const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  const double cpu = bench::cpu_seconds() - cpu_before;
  Tally& tally = load.tally();
  std::printf(
      "{\"requests\": %llu, \"refused\": %llu, \"answer_bytes\": %llu, \"seconds\": %.4f, "
      "\"cpu_seconds\": %.4f, "
      "\"p50_us\": %.1f, \"p99_us\": %.1f}\n",
      static_cast<unsigned long long>(tally.answered),
      static_cast<unsigned long long>(tally.refused),
      static_cast<unsigned long long>(tally.answer_bytes), seconds, cpu,
      microseconds_at(tally.nanoseconds, 0.5), microseconds_at(tally.nanoseconds, 0.99));
  return 0;
}
