// What a route's handler sees of HTTP: one request in, one response out.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "http/caller.h"
#include "http/path_template.h"
#include "trace/context.h"

namespace dss::http {

enum class Method : std::uint8_t { kGet, kHead, kPost, kPut, kPatch, kDelete, kOptions, kOther };

/// `GET` …; `OTHER` for a verb outside the enumeration, so that labels stay bounded.
[[nodiscard]] std::string_view method_name(Method method);

struct HeaderView {
  std::string_view name{};  ///< as received
  std::string_view value{};
};

/// Which listener a connection came in on.
enum class Door : std::uint8_t { kPublic, kAdmin };

/// Where a request came from. The address is personal data: it may be hashed or counted, never
/// logged whole.
struct Peer {
  std::string_view address{};  ///< binary: 4 bytes IPv4 or 16 bytes IPv6
  Door door = Door::kPublic;
};

/// One parsed request. All views live until its Responder has been used.
struct Request {
  Method method = Method::kGet;
  std::string_view target{};    ///< origin form as received, e.g. `/analyze?x=1`
  std::string_view path{};      ///< `target` up to `?`
  std::string_view query{};     ///< behind `?`, undecoded
  PathParameters parameters{};  ///< values of the names in the route's path, undecoded
  std::span<const HeaderView> headers{};
  std::string_view body{};  ///< at least 64 readable bytes lie behind its end (simdjson's padding)
  Peer peer{};
  Caller caller{};
  base::SteadyTime received{};    ///< when the request line's first byte was read
  std::string_view request_id{};  ///< the client's X-Request-Id if well-formed, else ours
  trace::Context trace{};

  /// Value of the first header with that name (case-insensitive), or an empty view.
  [[nodiscard]] std::string_view header(std::string_view name) const;
};

/// What a handler tells the metrics about its request; labels were resolved to small numbers at
/// start.
struct Annotation {
  std::uint8_t model =
      0;  ///< 0: no model took part; else 1 + index into the model types of metrics
  std::uint16_t refused = 0;  ///< the Failure's status if a guard or the router refused, whatever
                              ///< the protocol made of it
};

struct Response {
  int status = 200;
  std::string_view content_type = "application/json";  ///< a literal
  std::vector<std::pair<std::string_view, std::string>>
      headers{};  ///< further ones; names are literals
  std::string body{};
  /// Bytes that outlive the server (embedded pages), sent instead of `body` when not empty.
  std::string_view static_body{};
  bool close = false;  ///< end the connection after this response
  Annotation annotation{};
};

}  // namespace dss::http
