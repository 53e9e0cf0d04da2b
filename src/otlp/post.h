// One connection over which bodies are posted, for a thread that may wait.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "otlp/endpoint.h"

namespace dss::otlp {

struct Answer {
  int status = 0;
  std::optional<std::chrono::seconds> retry_after;  ///< of the header, if it is a number
  std::string body;                                 ///< at most 64 KB; more is an error
};

/// Not thread-safe. Connects at the first post and keeps the connection while the other side does.
class Poster {
 public:
  explicit Poster(Endpoint endpoint);
  ~Poster();
  Poster(const Poster&) = delete;
  Poster& operator=(const Poster&) = delete;

  /// Waits for the answer for at most `patience` (the resolver may take longer). Errors
  /// (kUnavailable): no connection, or none that answered HTTP in time.
  [[nodiscard]] base::Result<Answer> post(std::string_view content_type, const std::string& body,
                                          std::chrono::milliseconds patience);

 private:
  class Connection;
  Endpoint endpoint_;
  std::unique_ptr<Connection> connection_;  ///< null: none is open
};

}  // namespace dss::otlp
