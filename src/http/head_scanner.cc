#include "http/head_scanner.h"

#include <cstring>

namespace dss::http {

HeadScanner::State HeadScanner::refuse(int status, std::string_view reason) {
  status_ = status;
  reason_ = reason;
  return State::kRefused;
}

HeadScanner::State HeadScanner::scan(std::string_view bytes, const Limits& limits) {
  if (scanned_ == 0 && !bytes.empty() && (bytes[0] <= ' ' || bytes[0] > '~')) {
    return refuse(400, "not an HTTP request");
  }
  while (const void* found = std::memchr(bytes.data() + scanned_, '\n', bytes.size() - scanned_)) {
    const auto end = static_cast<std::size_t>(static_cast<const char*>(found) - bytes.data());
    scanned_ = end + 1;
    if (end == line_begin_ || bytes[end - 1] != '\r')
      return refuse(400, "a line does not end with CRLF");
    const std::string_view line = bytes.substr(line_begin_, end - 1 - line_begin_);
    line_begin_ = end + 1;
    if (line.empty()) return State::kComplete;
    if (!check_line(line, limits)) return State::kRefused;
  }
  scanned_ = bytes.size();
  return check_pending(bytes.size(), limits);
}

bool HeadScanner::check_line(std::string_view line, const Limits& limits) {
  if (headers_begin_ == 0) {
    headers_begin_ = line_begin_;
    if (line.size() > limits.request_line_bytes) refuse(414, "the request line is too long");
  } else if (line[0] == ' ' || line[0] == '\t') {
    refuse(400, "folded header lines are not accepted");
  } else if (++header_count_ > limits.header_count) {
    refuse(400, "too many header lines");
  } else if (line_begin_ - headers_begin_ > limits.header_bytes) {
    refuse(431, "the headers are too large");
  }
  return status_ == 0;
}

HeadScanner::State HeadScanner::check_pending(std::size_t size, const Limits& limits) {
  if (headers_begin_ == 0) {
    if (size > limits.request_line_bytes + 1) return refuse(414, "the request line is too long");
  } else if (size - headers_begin_ > limits.header_bytes + 2) {
    return refuse(431, "the headers are too large");
  }
  return State::kIncomplete;
}

}  // namespace dss::http
