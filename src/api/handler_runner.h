// Runs the routes of a table without sockets, for tests.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/exchange.h"
#include "http/router.h"
#include "json/reader.h"

namespace dss::api {

struct TestRequest {
  http::Method method = http::Method::kGet;
  std::string path;  ///< with `?` and what follows, if there is a query
  std::vector<std::pair<std::string, std::string>> headers{};
  std::string body{};
};

/// The response of the handler of that route, after its guard and its renderer; nothing if there is
/// no such route.
inline std::optional<http::Response> run(const http::Router& router, TestRequest wanted,
                                         http::Door door = http::Door::kPublic) {
  std::vector<http::HeaderView> headers;
  for (const auto& [name, value] : wanted.headers) headers.push_back({name, value});
  const std::size_t size = wanted.body.size();
  wanted.body.append(json::kPadding, '#');
  http::Request request;
  request.method = wanted.method;
  request.target = wanted.path;
  request.path = request.target.substr(0, request.target.find('?'));
  if (request.path.size() < request.target.size()) {
    request.query = request.target.substr(request.path.size() + 1);
  }
  request.headers = headers;
  request.body = std::string_view(wanted.body).substr(0, size);
  request.peer.door = door;

  const auto match = router.match(request.method, request.path, door);
  if (match.route == nullptr) return std::nullopt;
  request.parameters = match.parameters;
  if (match.route->guard) {
    if (const auto failure = match.route->guard(request)) return (*match.renderer)(*failure);
  }
  struct Sink final : http::AnswerSink {
    std::optional<http::Response> response;
    void answered(http::Response* answer) override {
      if (answer != nullptr) response = std::move(*answer);
    }
  } sink;
  const auto box = std::make_shared<http::AnswerBox>([] {});
  const auto exchange = std::make_unique<http::Exchange>(box);
  exchange->sink = &sink;
  match.route->handler(request, http::Responder(exchange.get()));
  for (http::Exchange* answered : box->take().exchanges) answered->pass_on();
  return std::move(sink.response);
}

inline std::optional<http::Response> run(const http::RouteTable& table, TestRequest wanted,
                                         http::Door door = http::Door::kPublic) {
  return run(http::Router(&table), std::move(wanted), door);
}

/// Value of that header of a response, or an empty view.
inline std::string_view header_of(const http::Response& response, std::string_view name) {
  for (const auto& [known, value] : response.headers) {
    if (known == name) return value;
  }
  return name == "Content-Type" ? response.content_type : std::string_view();
}

}  // namespace dss::api
