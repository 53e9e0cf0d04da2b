#include "api/perspective/discovery.h"

#include <algorithm>
#include <string>

#include "api/perspective/media.h"
#include "http/query.h"

extern "C" const unsigned char dss_embed_perspective_discovery[];
extern "C" const unsigned long dss_embed_perspective_discovery_size;

namespace dss::api::perspective {
namespace {

constexpr std::string_view kPlaceOfRoot = "{root}";
constexpr std::string_view kPlaceOfKey = "{key}";
constexpr std::string_view kOwnKeys = "dss_";  // how keys of this program begin
constexpr std::size_t kLongestKey = 128;
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

bool may_stand_in_key(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Google's clients put the key into the parts of a batch and not into the batch's own target, which
// is where a server with keys must see it: the path that they are told names the key with which
// they asked.
std::string batch_query_of(const http::Request& request) {
  const std::string key = http::query_parameter(request.query, "key").value_or("");
  const bool own = key.starts_with(kOwnKeys) && key.size() <= kLongestKey &&
                   std::all_of(key.begin(), key.end(), may_stand_in_key);
  return own ? "?key=" + key : std::string();
}

void replace_all(std::string_view place, std::string_view value, std::string* text) {
  for (std::size_t at = text->find(place); at != text->npos;
       at = text->find(place, at + value.size())) {
    text->replace(at, place.size(), value);
  }
}

}  // namespace

http::Response discovery(const http::Request& request) {
  http::Response response;
  response.content_type = kJson;
  response.body = document();
  replace_all(kPlaceOfRoot, root_of(request), &response.body);
  replace_all(kPlaceOfKey, batch_query_of(request), &response.body);
  return response;
}

}  // namespace dss::api::perspective
