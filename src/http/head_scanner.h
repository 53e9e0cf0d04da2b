// Finds the end of a request's head while it arrives, and refuses early what no later byte can make
// right.
#pragma once

#include <cstddef>
#include <string_view>

#include "http/limits.h"

namespace dss::http {

/// Incremental: each call passes the same bytes as the last one, with more behind them.
class HeadScanner {
 public:
  enum class State { kIncomplete, kComplete, kRefused };

  void reset() { *this = HeadScanner(); }

  /// Looks at the bytes not seen yet. Lines must end with CRLF, none may be folded, and the limits
  /// of the request line, the header bytes and their number are applied. The first byte must be
  /// visible ASCII.
  State scan(std::string_view bytes, const Limits& limits);

  /// Length of the head with its empty line. REQUIRES: the last scan() was complete.
  [[nodiscard]] std::size_t head_bytes() const { return line_begin_; }
  /// Why it was refused: 400, 414 or 431. REQUIRES: the last scan() refused.
  [[nodiscard]] int status() const { return status_; }
  [[nodiscard]] std::string_view reason() const { return reason_; }

 private:
  State refuse(int status, std::string_view reason);
  State check_pending(std::size_t size, const Limits& limits);
  bool check_line(std::string_view line, const Limits& limits);

  std::size_t scanned_ = 0;
  std::size_t line_begin_ = 0;
  std::size_t headers_begin_ = 0;  ///< 0: still in the request line
  std::size_t header_count_ = 0;
  int status_ = 0;
  std::string_view reason_;
};

}  // namespace dss::http
