#include "api/token_guard.h"

namespace dss::api {

http::Guard token_guard(const auth::TokenFile& tokens) {
  return [&tokens](const http::Request& request) -> std::optional<http::Failure> {
    const std::string_view token = auth::bearer_token(request.header("authorization"));
    if (tokens.accepts(token)) return std::nullopt;
    return http::Failure{
        .status = 401,
        .code = "unauthorized",
        .message = token.empty()
                       ? "This route needs the operator's token: Authorization: Bearer TOKEN"
                       : "The bearer token is not known here",
        .no_credential = token.empty()};
  };
}

}  // namespace dss::api
