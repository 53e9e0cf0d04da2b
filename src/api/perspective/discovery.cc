#include "api/perspective/discovery.h"

#include <algorithm>
#include <string>

#include "api/perspective/media.h"

extern "C" const unsigned char dss_embed_perspective_discovery[];
extern "C" const unsigned long dss_embed_perspective_discovery_size;

namespace dss::api::perspective {
namespace {

constexpr std::string_view kPlaceOfRoot = "{root}";
constexpr std::size_t kLongestHost = 300;

std::string_view document() {
  return {reinterpret_cast<const char*>(dss_embed_perspective_discovery),
          dss_embed_perspective_discovery_size};
}

// Characters of host names, addresses and ports, none of which JSON must escape.
bool may_stand_in_host(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view(".-_:[]").find(c) != std::string_view::npos;
}

std::string root_of(const http::Request& request) {
  const std::string_view host = request.header("host");
  const bool usable = !host.empty() && host.size() <= kLongestHost &&
                      std::all_of(host.begin(), host.end(), may_stand_in_host);
  const bool secure = request.header("x-forwarded-proto") == "https";
  return std::string(secure ? "https://" : "http://") +
         (usable ? std::string(host) : std::string("localhost")) + "/";
}

}  // namespace

http::Response discovery(const http::Request& request) {
  http::Response response;
  response.content_type = kJson;
  const std::string root = root_of(request);
  std::string_view rest = document();
  for (std::size_t at = rest.find(kPlaceOfRoot); at != rest.npos; at = rest.find(kPlaceOfRoot)) {
    response.body.append(rest, 0, at).append(root);
    rest.remove_prefix(at + kPlaceOfRoot.size());
  }
  response.body += rest;
  return response;
}

}  // namespace dss::api::perspective
