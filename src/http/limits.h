// Every limit and deadline of the HTTP server, once: the code, `--help` and the documentation read
// this table.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace dss::http {

/// Sizes are bytes unless the name says otherwise; deadlines are absolute and no byte renews them.
struct Limits {
  std::uint64_t request_line_bytes = 2048;
  std::uint64_t header_bytes = 8192;
  std::uint64_t header_count = 64;
  std::uint64_t chunk_overhead_bytes = 1024;
  std::uint64_t ignored_body_bytes = 65536;
  std::uint64_t body_memory_bytes = 128 << 20;
  std::uint64_t unread_output_bytes = 65536;
  std::uint64_t pipelined_requests = 64;
  std::uint64_t requests_per_connection = 1'000'000;
  std::uint64_t lag_ms = 6;
  std::uint64_t lag_patience_ms = 50;
  std::uint64_t connections = 16384;
  std::uint64_t connections_per_address = 1024;
  std::uint64_t linger_bytes = 1 << 20;
  std::uint64_t handshake_ms = 5000;
  std::uint64_t header_ms = 10000;
  std::uint64_t body_ms = 20000;
  std::uint64_t write_ms = 10000;
  std::uint64_t idle_ms = 60000;
  std::uint64_t linger_ms = 1000;
  std::uint64_t sweep_ms = 500;
};

/// One row of the table. The default is what `Limits{}` holds.
struct LimitRow {
  std::string_view name;  ///< as on the command line, e.g. `header-bytes`
  std::uint64_t Limits::* value;
  std::string_view unit;  ///< `bytes`, `ms`, or empty for a count
  std::uint64_t least;
  std::uint64_t most;
  std::string_view help;
};

/// The whole table, in the order in which a connection meets the limits.
[[nodiscard]] std::span<const LimitRow> limit_rows();

/// Sets the limit called `name`. Fails for an unknown name or a value outside the row's range.
[[nodiscard]] base::Status set_limit(Limits* limits, std::string_view name, std::uint64_t value);

}  // namespace dss::http
