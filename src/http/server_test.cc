#include "http/server.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http/descriptor.h"

namespace dss::http {
namespace {

class SilentObserver final : public Observer {
  void started(PathIndex, Method, bool) override {}
  void finished(const Observation&) override {}
  void connection_opened(Door) override {}
  void connection_closed(Door) override {}
  void rejected(Rejection) override {}
  void lagged(std::chrono::nanoseconds) override {}
};

RouteTable routes() {
  RouteTable table;
  table.routes.push_back(
      {.path = "/health", .handler = [](const Request& request, Responder responder) {
         responder.send({.body = request.peer.door == Door::kAdmin ? "admin" : "public"});
       }});
  table.routes.back().on_admin = true;
  table.renderers.emplace_back(
      "", [](const Failure& failure) { return Response{.status = failure.status}; });
  return table;
}

base::Result<std::unique_ptr<Server>> start(Server::Config config) {
  static SilentObserver observer;
  return Server::start(std::move(config), routes(), &observer, &base::system_clock(), nullptr);
}

/// All that the server sends for one request on a connection that closes.
std::string ask(const Endpoint& endpoint) {
  const Descriptor socket(::socket(AF_INET, SOCK_STREAM, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(endpoint.port);
  inet_pton(AF_INET, endpoint.address.c_str(), &address.sin_addr);
  if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return "refused";
  constexpr std::string_view kRequest =
      "GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
  EXPECT_EQ(::send(socket.get(), kRequest.data(), kRequest.size(), MSG_NOSIGNAL),
            static_cast<ssize_t>(kRequest.size()));
  std::string all;
  char buffer[4096];
  for (ssize_t got = 0; (got = ::recv(socket.get(), buffer, sizeof buffer, 0)) > 0;) {
    all.append(buffer, static_cast<std::size_t>(got));
  }
  return all;
}

TEST(Server, BothLoopbacksShareAPort) {
  auto server = start({.listen = loopbacks(0)});
  ASSERT_TRUE(server);
  const std::vector<Endpoint>& endpoints = (*server)->endpoints();
  ASSERT_FALSE(endpoints.empty());
  EXPECT_NE(endpoints[0].port, 0);
  EXPECT_EQ(endpoints.front().port, endpoints.back().port);
  EXPECT_TRUE(ask(endpoints[0]).ends_with("\r\n\r\npublic"));
}

TEST(Server, TheAdminDoorIsAnotherAddress) {
  auto server = start({.listen = {{.address = "127.0.0.1"}}, .admin = {{.address = "127.0.0.1"}}});
  ASSERT_TRUE(server);
  EXPECT_TRUE(ask((*server)->endpoints().at(0)).ends_with("public"));
  EXPECT_TRUE(ask((*server)->endpoints().at(1)).ends_with("admin"));
}

TEST(Server, FailuresAreOneLineThatNamesAddressAndCause) {
  auto first = start({.listen = {{.address = "127.0.0.1"}}});
  ASSERT_TRUE(first);
  const Endpoint taken = (*first)->endpoints().at(0);
  auto second = start({.listen = {taken}});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().message, "cannot listen on " + taken.text() +
                                        ": the port is in use; choose another or stop its user");
  auto foreign = start({.listen = {{.address = "192.0.2.1", .port = 1}}});
  ASSERT_FALSE(foreign);
  EXPECT_EQ(foreign.error().message,
            "cannot listen on 192.0.2.1:1: this machine has no such address");
  auto bad = start({.listen = {{.address = "nonsense", .port = 1}}});
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().message.find('\n'), std::string::npos);
}

TEST(Server, ThreadsThatCannotBeStartedAreAFailureOfTheStart) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "the sanitizers' shadows need the address space";
#endif
  rlimit before{};
  getrlimit(RLIMIT_AS, &before);
  const rlimit low{.rlim_cur = 1ULL << 30, .rlim_max = before.rlim_max};
  setrlimit(RLIMIT_AS, &low);
  auto server = start({.listen = {{.address = "127.0.0.1"}}, .loops = 500});
  setrlimit(RLIMIT_AS, &before);
  ASSERT_FALSE(server);
  EXPECT_TRUE(server.error().message.starts_with("cannot start event loop "))
      << server.error().message;
  EXPECT_TRUE(server.error().message.ends_with(" of 500: Resource temporarily unavailable"))
      << server.error().message;
}

TEST(Server, AnOptionalAddressMayBeMissing) {
  auto server =
      start({.listen = {{.address = "127.0.0.1"}, {.address = "192.0.2.1", .optional = true}}});
  ASSERT_TRUE(server);
  EXPECT_EQ((*server)->endpoints().size(), 1U);
}

TEST(Server, AStoppedServerHasLeftItsPort) {
  Endpoint endpoint;
  {
    auto server = start({.listen = {{.address = "127.0.0.1"}}, .loops = 3});
    ASSERT_TRUE(server);
    endpoint = (*server)->endpoints().at(0);
    (*server)->stop();
    EXPECT_EQ(ask(endpoint), "refused");
  }
  EXPECT_TRUE(start({.listen = {endpoint}}));
}

TEST(Server, DrainingWithoutConnectionsEndsAtOnce) {
  auto server = start({.listen = {{.address = "127.0.0.1"}}});
  ASSERT_TRUE(server);
  (*server)->begin_drain(std::chrono::milliseconds(0));
  EXPECT_TRUE((*server)->wait_drained(std::chrono::seconds(5)));
}

TEST(Server, DrainingKeepsAcceptingForAWhile) {
  auto server = start({.listen = {{.address = "127.0.0.1"}}});
  ASSERT_TRUE(server);
  const Endpoint endpoint = (*server)->endpoints().at(0);
  (*server)->begin_drain(std::chrono::hours(1));
  EXPECT_TRUE(ask(endpoint).starts_with("HTTP/1.1 200 OK"));
  EXPECT_FALSE((*server)->wait_drained(std::chrono::milliseconds(20)));
  (*server)->stop();
  EXPECT_EQ(ask(endpoint), "refused");
}

}  // namespace
}  // namespace dss::http
