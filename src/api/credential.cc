#include "api/credential.h"

#include <array>
#include <optional>
#include <utility>

#include "auth/token_file.h"
#include "http/query.h"

namespace dss::api {
namespace {

constexpr std::array<std::string_view, 3> kKeyHeaders = {"x-api-key", "x-goog-api-key",
                                                         "ocp-apim-subscription-key"};

}  // namespace

std::string_view credential_of(const http::Request& request, std::string* memory) {
  const std::string_view authorization = request.header("authorization");
  if (!authorization.empty()) return auth::bearer_token(authorization);
  for (const std::string_view name : kKeyHeaders) {
    if (const std::string_view key = request.header(name); !key.empty()) return key;
  }
  if (request.query.empty()) return {};
  std::optional<std::string> key = http::query_parameter(request.query, "key");
  if (!key) return {};
  *memory = std::move(*key);
  return *memory;
}

}  // namespace dss::api
