// Routes: which handler answers a method and a path, within which limits, and how errors look
// there.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/message.h"
#include "http/stream.h"

namespace dss::http {

class Exchange;  // one request in flight; defined by the connection

/// The right and the duty to answer one request. Movable; may be used from any thread, once.
/// Dropping it unused answers 500, so that no client waits for ever.
class Responder {
 public:
  explicit Responder(Exchange* exchange) : exchange_(exchange) {}
  Responder(Responder&& other) noexcept : exchange_(std::exchange(other.exchange_, nullptr)) {}
  Responder& operator=(Responder&& other) noexcept;
  Responder(const Responder&) = delete;
  Responder& operator=(const Responder&) = delete;
  ~Responder();

  /// Sends the answer. On the connection's own loop nothing is posted: the bytes join the pipelined
  /// output at once.
  void send(Response response);
  /// Whether the client has hung up meanwhile: work not yet begun may be dropped (then drop the
  /// Responder too).
  [[nodiscard]] bool client_gone() const;

 private:
  Exchange* exchange_;
};

/// Runs on the connection's event loop: at most about 1 ms; longer work moves the Responder to
/// another thread and copies what it needs of the request. REQUIRES: does not throw.
using Handler = std::function<void(const Request&, Responder)>;

/// A failure on its way to the client, before it has a protocol's shape.
struct Failure {
  int status = 500;
  std::string_view code{};      ///< machine-readable, e.g. `not_found`
  std::string message{};        ///< for a person; never holds submitted text
  int retry_after_seconds = 0;  ///< 0: no Retry-After header
  bool no_credential = false;   ///< of a 401: none was shown
};

/// Gives a failure the shape of the protocol that a route prefix belongs to. Thread-safe.
using ErrorRenderer = std::function<Response(const Failure&)>;

/// Decides before the handler (and before the body is read) whether a request may pass; it may fill
/// in the request's `caller`, and the peer's address where a proxy forwards the request.
/// Thread-safe.
using Guard = std::function<std::optional<Failure>(Request&)>;

struct Route {
  Method method = Method::kGet;
  std::string path{};  ///< exact, e.g. `/analyze`, or with names, see PathTemplate
  Handler handler{};
  StreamOpener stream{};     ///< empty, or asked first, see there
  std::size_t max_body = 0;  ///< bytes; 0: a body is read and ignored up to 64 KB
  Guard guard{};             ///< empty: open to all
  ErrorRenderer renderer{};  ///< of refusals of this route; empty: by the path, see RouteTable
  bool sheds_load = false;   ///< refused with 503 when its event loop cannot keep up
  bool counted = true;       ///< false: left out of http_* metrics (as /metrics is)
  bool on_public = true;     ///< served on the public listener
  bool on_admin = false;     ///< served on the admin listener
};

/// All routes and renderers, complete before the server starts; then immutable and shared by all
/// loops.
struct RouteTable {
  std::vector<Route> routes;
  /// (prefix, renderer); the longest matching prefix wins, so "" is the default. REQUIRES: one for
  /// "".
  std::vector<std::pair<std::string, ErrorRenderer>> renderers;
};

}  // namespace dss::http
