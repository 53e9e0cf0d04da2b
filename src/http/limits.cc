#include "http/limits.h"

#include <array>

namespace dss::http {
namespace {

constexpr std::uint64_t kHour = 3'600'000;

constexpr std::array<LimitRow, 21> kRows{{
    {"connections", &Limits::connections, "", 1, 1'000'000,
     "open connections; at the limit the server stops accepting until one ends"},
    {"connections-per-address", &Limits::connections_per_address, "", 1, 1'000'000,
     "open connections of one IPv4 address or IPv6 /64 network; more are closed at once"},
    {"handshake-ms", &Limits::handshake_ms, "ms", 1, kHour,
     "from accepting to the end of the TLS handshake"},
    {"header-ms", &Limits::header_ms, "ms", 1, kHour,
     "from the first byte of a request (or from accepting) to the end of its headers"},
    {"lag-ms", &Limits::lag_ms, "ms", 0, kHour,
     "for how long requests may wait for their event loop; while they wait longer, texts to score "
     "are refused with 503, the more the longer; 0: never"},
    {"lag-patience-ms", &Limits::lag_patience_ms, "ms", 1, kHour,
     "how long that must have lasted before anything is refused, and not, before all is taken "
     "again"},
    {"request-line-bytes", &Limits::request_line_bytes, "bytes", 64, 4096,
     "request line; longer: 414"},
    {"header-bytes", &Limits::header_bytes, "bytes", 128, 10240,
     "all header lines of a request; more: 431"},
    {"header-count", &Limits::header_count, "", 1, 64, "header lines of a request; more: 400"},
    {"body-ms", &Limits::body_ms, "ms", 1, kHour,
     "from the end of the headers to the end of the body"},
    {"ignored-body-bytes", &Limits::ignored_body_bytes, "bytes", 0, 1 << 20,
     "body that is read and thrown away where none is wanted; more: 413"},
    {"body-memory-bytes", &Limits::body_memory_bytes, "bytes", 1 << 20, 1ULL << 36,
     "bodies larger than the read buffer that one event loop holds at a time; more: 503"},
    {"chunk-overhead-bytes", &Limits::chunk_overhead_bytes, "bytes", 64, 4096,
     "extensions of one chunk, or all trailers; more: 400"},
    {"pipelined-requests", &Limits::pipelined_requests, "", 1, 1024,
     "requests of one connection answered before other connections get their turn"},
    {"unread-output-bytes", &Limits::unread_output_bytes, "bytes", 1024, 1 << 26,
     "answers waiting for a client that does not read; at the limit its requests are no longer "
     "read"},
    {"write-ms", &Limits::write_ms, "ms", 1, kHour,
     "from the first answer byte that had to wait to the last"},
    {"requests-per-connection", &Limits::requests_per_connection, "", 1, 1'000'000'000,
     "answers after which a connection is closed"},
    {"idle-ms", &Limits::idle_ms, "ms", 1, 24 * kHour,
     "between an answer and the next request's first byte"},
    {"linger-bytes", &Limits::linger_bytes, "bytes", 0, 1 << 26,
     "input thrown away after an error so that the client can read the answer"},
    {"linger-ms", &Limits::linger_ms, "ms", 1, kHour,
     "for how long input is thrown away after an error"},
    {"sweep-ms", &Limits::sweep_ms, "ms", 1, 10000, "how often deadlines are looked at"},
}};

}  // namespace

std::span<const LimitRow> limit_rows() { return kRows; }

base::Status set_limit(Limits* limits, std::string_view name, std::uint64_t value) {
  for (const LimitRow& row : kRows) {
    if (row.name != name) continue;
    if (value < row.least || value > row.most) {
      return base::fail(base::ErrorKind::kInvalidArgument,
                        std::string(name) + ": must be between " + std::to_string(row.least) +
                            " and " + std::to_string(row.most));
    }
    limits->*row.value = value;
    return {};
  }
  return base::fail(base::ErrorKind::kInvalidArgument,
                    "no HTTP limit is called " + std::string(name));
}

}  // namespace dss::http
