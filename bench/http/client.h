// What the load programs share: requests laid out in memory, connections, and answers read.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <strings.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

/// Ends the program with errno's words.
[[noreturn]] inline void stop(const char* what) {
  std::perror(what);
  std::exit(1);
}

/// One POST of each line of `file`, or a single GET when `file` is `-`.
inline std::vector<std::string> lay_out_requests(const std::string& path, const char* file) {
  constexpr const char* kHeaders =
      " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: bench\r\nAccept: */*\r\n";
  if (std::string_view(file) == "-") return {"GET " + path + kHeaders + "\r\n"};
  std::ifstream input(file);
  std::vector<std::string> requests;
  for (std::string body; std::getline(input, body);) {
    requests.push_back("POST " + path + kHeaders +
                       "Content-Type: application/json\r\nContent-Length: " +
                       std::to_string(body.size()) + "\r\n\r\n" + body);
  }
  if (requests.empty()) stop(file);
  return requests;
}

inline sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

/// A TCP socket that sends at once. `flags` as of socket(2), SOCK_NONBLOCK for one.
inline int open_socket(int flags = 0) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | flags, 0);
  if (socket < 0) stop("socket");
  const int on = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return socket;
}

struct Answer {
  std::size_t length = 0;  ///< of header and body; 0 while they are not complete
  std::uint16_t status = 0;
  bool retry_after = false;  ///< says when to come back
  bool closes = false;       ///< the connection ends behind it
};

/// The answer at the front of `bytes`. Ends the program when it has no Content-Length.
inline Answer read_answer(std::string_view bytes) {
  const auto value_of = [](std::string_view line, std::string_view name) -> const char* {
    const bool same =
        line.size() > name.size() && ::strncasecmp(line.data(), name.data(), name.size()) == 0;
    return same ? line.data() + name.size() : nullptr;
  };
  const std::size_t head = bytes.find("\r\n\r\n");
  if (head == std::string_view::npos) return {};
  Answer answer;
  answer.status = static_cast<std::uint16_t>(std::strtoul(bytes.data() + 9, nullptr, 10));
  bool has_length = false;
  for (std::size_t at = bytes.find("\r\n"); at < head;) {
    const std::size_t next = bytes.find("\r\n", at + 2);
    const std::string_view line = bytes.substr(at + 2, next - at - 2);
    if (const char* length = value_of(line, "content-length:")) {
      has_length = true;
      answer.length = head + 4 + std::strtoul(length, nullptr, 10);
    } else if (value_of(line, "retry-after:") != nullptr) {
      answer.retry_after = true;
    } else if (const char* connection = value_of(line, "connection:")) {
      answer.closes = ::strncasecmp(connection, " close", 6) == 0;
    }
    at = next;
  }
  if (!has_length) {
    std::fputs("an answer has no Content-Length\n", stderr);
    std::exit(1);
  }
  if (bytes.size() < answer.length) answer.length = 0;
  return answer;
}

/// User and system time of this process so far.
inline double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace bench
