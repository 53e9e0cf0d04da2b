// What the HTTP server tells metrics and logs: plain events, called on the event loops.
#pragma once

#include <cstdint>
#include <string_view>

#include "http/message.h"
#include "http/router.h"
#include "trace/context.h"

namespace dss::http {

/// The status of an observation whose client hung up before its answer.
inline constexpr int kStatusClientGone = 499;

/// One request that has been answered, or whose client has gone (status 499). Views live for the
/// call only.
struct Observation {
  PathIndex path = kNoPath;  ///< into path_labels(); kNoPath for 404 and 405
  Method method = Method::kOther;
  bool counted = true;  ///< false: the route keeps out of http_* metrics
  int status = 200;
  Annotation annotation{};
  std::uint64_t request_bytes = 0;   ///< the Content-Length header's value; 0 if absent or chunked
  std::uint64_t response_bytes = 0;  ///< likewise
  double seconds = 0;                ///< request line read → answer handed to the socket
  std::string_view request_id{};
  const trace::Context* trace = nullptr;  ///< never null
  Peer peer{};
};

/// Why a connection, its bytes or a request was turned away before a handler saw it.
enum class Rejection : std::uint8_t {
  kMalformed,     ///< refused by the parser or the framing gate
  kTooLarge,      ///< request line or headers over their limits
  kTimeout,       ///< a deadline passed
  kAddressLimit,  ///< too many connections of one address
  kDescriptors,   ///< the process is out of file descriptors
  kDraining,      ///< the server ended before a request that it had accepted was answered
  kOverloaded,    ///< a request whose event loop cannot keep up
};
inline constexpr std::size_t kRejections = 7;
/// `malformed` …, a label's value.
[[nodiscard]] std::string_view rejection_name(Rejection rejection);

/// Thread-safe: the loops call it at the same time. Calls must be cheap and must not throw.
class Observer {
 public:
  virtual ~Observer() = default;
  /// The request line and headers of a request were accepted. One finished() follows.
  virtual void started(PathIndex path, Method method, bool counted) = 0;
  virtual void finished(const Observation& observation) = 0;
  virtual void connection_opened(Door door) = 0;
  virtual void connection_closed(Door door) = 0;
  virtual void rejected(Rejection rejection) = 0;
  /// How long what was ready on a loop has waited for its turn; reported every few milliseconds
  /// while requests that do its real work come.
  virtual void lagged(std::chrono::nanoseconds lag) = 0;
};

}  // namespace dss::http
