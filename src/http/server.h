// The HTTP server: addresses, event loops, routes.
#pragma once

#include <chrono>
#include <memory>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "http/address.h"
#include "http/limits.h"
#include "http/observer.h"
#include "http/route.h"
#include "http/tls_context.h"
#include "log/logger.h"

namespace dss::http {

/// Serves from start() to stop() or destruction. All members are thread-safe.
/// Responders may outlive the server; what they send then is dropped.
class Server {
 public:
  struct Config {
    std::vector<Endpoint> listen = loopbacks(8000);  ///< where Door::kPublic routes are served
    std::vector<Endpoint> admin{};                   ///< where Door::kAdmin routes are served
    int loops = 1;                                   ///< threads; the first one also accepts
    Limits limits{};
    /// Null: plain HTTP; else TLS and nothing else on every address.
    std::shared_ptr<const TlsContext> tls{};
    /// Share, 0 to 1, of the traces that begin here which are marked as sampled.
    double trace_ratio = 0;
  };

  /// Binds every address and starts the loops. Nothing runs if it fails: the message is one line
  /// that names the address and the cause. `observer`, `clock` and `logger` must outlive the
  /// server; `logger` may be null.
  [[nodiscard]] static base::Result<std::unique_ptr<Server>> start(Config config, RouteTable routes,
                                                                   Observer* observer,
                                                                   const base::Clock* clock,
                                                                   log::Logger* logger);
  ~Server();  ///< stop()
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// The bound addresses with their real ports, public ones first; an optional one that failed is
  /// left out.
  [[nodiscard]] const std::vector<Endpoint>& endpoints() const;
  [[nodiscard]] std::uint64_t connections() const;

  /// New connections get this certificate. REQUIRES: not null; the server was started with TLS.
  void set_tls(std::shared_ptr<const TlsContext> context);

  /// Begins to end: from now on every answer closes its connection. Connections are accepted for
  /// `accept_for` more (load balancers need a moment to notice), then the backlog is emptied, the
  /// addresses are closed, and idle connections end. Returns at once, or at the end of all that
  /// where the system has no thread left for it; /readyz is the caller's business.
  void begin_drain(std::chrono::milliseconds accept_for);
  /// Waits until the last connection has ended, at most `patience`. Returns whether it has.
  /// REQUIRES: begin_drain().
  [[nodiscard]] bool wait_drained(std::chrono::milliseconds patience);
  /// Ends all connections and the loops.
  void stop();

 private:
  class Parts;
  explicit Server(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace dss::http
