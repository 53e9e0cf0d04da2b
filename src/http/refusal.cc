#include "http/refusal.h"

#include <algorithm>

#include "http/ascii.h"
#include "http/status.h"

namespace dss::http {
namespace {

/// Unless the renderer has set it already.
void add_header(Response* response, std::string_view name, std::string value) {
  const auto same = [&](const auto& header) { return iequals(header.first, name); };
  if (std::none_of(response->headers.begin(), response->headers.end(), same)) {
    response->headers.emplace_back(name, std::move(value));
  }
}

}  // namespace

std::optional<Failure> judge_route(const Router::Match& match, Request& request) {
  switch (match.kind) {
    case Router::Match::Kind::kNotFound:
      return protocol_failure(404, "no such path");
    case Router::Match::Kind::kMethodNotAllowed:
      return protocol_failure(405, "the path does not know this method");
    case Router::Match::Kind::kRedirect:
      return protocol_failure(307, "the path has no trailing slash");
    case Router::Match::Kind::kRoute:
      break;
  }
  return match.route->guard ? match.route->guard(request) : std::nullopt;
}

Response render_refusal(const Router::Match& match, const Request& request,
                        const Failure& failure) {
  Response response = (*match.renderer)(failure);
  response.annotation.refused = static_cast<std::uint16_t>(failure.status);
  if (failure.retry_after_seconds > 0) {
    add_header(&response, "Retry-After", std::to_string(failure.retry_after_seconds));
  }
  if (response.status == 401) add_header(&response, "WWW-Authenticate", "Bearer");
  if (!match.allow.empty()) add_header(&response, "Allow", std::string(match.allow));
  if (!match.location.empty()) {
    std::string location(match.location);
    add_header(&response, "Location", location.append(request.target.substr(request.path.size())));
  }
  return response;
}

}  // namespace dss::http
