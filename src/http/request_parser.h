// One request's head and chunked body, parsed by Boost.Beast's basic_parser into views of the
// caller's buffer.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "http/limits.h"
#include "http/message.h"

namespace dss::http {

/// What a head says, before the framing gate has judged it. Views point into the parsed bytes.
struct Head {
  Method method = Method::kOther;
  std::string_view target;
  bool http11 = false;
  bool keep_alive = false;  ///< the client's wish, by version and Connection
  std::span<const HeaderView> headers;
  unsigned hosts = 0;
  unsigned content_lengths = 0;
  unsigned transfer_encodings = 0;
  std::string_view host;
  std::string_view content_length;
  std::string_view transfer_encoding;
  std::string_view expect;
  std::string_view request_id;
  std::string_view traceparent;
};

/// Not thread-safe. One request after the other.
class RequestParser {
 public:
  RequestParser();
  ~RequestParser();
  RequestParser(const RequestParser&) = delete;
  RequestParser& operator=(const RequestParser&) = delete;

  /// Parses one whole head (up to and with its empty line). Header views go into `storage`.
  /// Returns 0, or the status to refuse it with: 400 or 505.
  int parse_head(std::string_view bytes, std::span<HeaderView> storage, Head* head);

  struct Progress {
    std::size_t consumed = 0;
    bool done = false;
    int status = 0;  ///< not 0: refuse with it (400 or 413)
  };
  /// Feeds bytes of a chunked body; what they carry is appended to `body`. Bytes not consumed are
  /// to be passed again with more behind them. Trailers are checked and dropped. REQUIRES:
  /// parse_head() has returned 0 for a head with Transfer-Encoding: chunked.
  Progress parse_chunks(std::string_view bytes, std::size_t max_body, const Limits& limits,
                        std::string* body);

 private:
  class Beast;
  std::unique_ptr<Beast> beast_;
};

}  // namespace dss::http
