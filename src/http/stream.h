// Routes that answer while the request is still being read: rows in, rows out, through one request.
#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <variant>

#include "http/message.h"

namespace dss::http {

/// The answer's side. Thread-safe.
class StreamWriter {
 public:
  virtual ~StreamWriter() = default;
  /// Appends to the answer's body. The first call, or finish(), sends status 200.
  virtual void write(std::string_view bytes) = 0;
  /// The answer is complete. Nothing may be written any more.
  virtual void finish() = 0;
  /// StreamHandler::wants_data() may answer otherwise now.
  virtual void wake() = 0;
  /// Whether the client has hung up: what is written goes nowhere.
  [[nodiscard]] virtual bool client_gone() const = 0;
};

/// The request's side. Called on the connection's event loop, at most about 1 ms at a time; must
/// not throw. It is deleted when the answer is complete or the client has gone.
class StreamHandler {
 public:
  virtual ~StreamHandler() = default;
  /// The next bytes of the body, cut anywhere.
  virtual void data(std::string_view bytes) = 0;
  /// The body is complete.
  virtual void end() = 0;
  /// False: nothing is read from the client until StreamWriter::wake(). Then the client's system
  /// holds it back.
  [[nodiscard]] virtual bool wants_data() const = 0;
  /// Every sweep (Limits::sweep_ms).
  virtual void tick() {}
};

/// What a route makes of a request: a stream, a refusal, or nothing, for the route's handler to
/// answer it.
using StreamStart = std::variant<std::monostate, std::unique_ptr<StreamHandler>, Response>;

/// Called when head and guard are passed, before the body is read. The request lives for the call
/// only.
using StreamOpener =
    std::function<StreamStart(const Request& request, std::shared_ptr<StreamWriter> writer)>;

}  // namespace dss::http
