// A server that is asked for more than it can do: what is refused, how, and what is not.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "http/descriptor.h"
#include "http/server.h"

namespace dss::http {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

class CountingObserver final : public Observer {
 public:
  std::atomic<int> overloaded{0};
  std::atomic<std::chrono::nanoseconds> longest_lag{std::chrono::nanoseconds(0)};

 private:
  void started(PathIndex, Method, bool) override {}
  void finished(const Observation&) override {}
  void connection_opened(Door) override {}
  void connection_closed(Door) override {}
  void rejected(Rejection rejection) override {
    if (rejection == Rejection::kOverloaded) ++overloaded;
  }
  void lagged(std::chrono::nanoseconds lag) override {
    longest_lag = std::max(longest_lag.load(), lag);
  }
};

/// Takes the event loop so long.
Route work(std::string path, std::chrono::milliseconds time) {
  return {.method = Method::kPost,
          .path = std::move(path),
          .handler =
              [time](const Request&, Responder responder) {
                for (const auto end = Clock::now() + time; Clock::now() < end;) {
                }
                responder.send({.body = "done"});
              },
          .max_body = 1024,
          .sheds_load = true};
}

RouteTable routes() {
  RouteTable table;
  table.routes.push_back(work("/work", 1ms));
  table.routes.push_back(work("/long", 10ms));
  table.routes.push_back({.path = "/livez", .handler = [](const Request&, Responder responder) {
                            responder.send({.body = "alive"});
                          }});
  table.renderers.emplace_back("", [](const Failure& failure) {
    return Response{.status = failure.status, .body = std::string(failure.code)};
  });
  return table;
}

constexpr std::string_view kWork =
    "POST /work HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\ntext";
constexpr std::string_view kLongWork =
    "POST /long HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\ntext";
constexpr std::string_view kLive = "GET /livez HTTP/1.1\r\nHost: a\r\n\r\n";

/// A kept connection that asks for one thing after the other.
class Client {
 public:
  Client(const Endpoint& endpoint, std::string_view request)
      : request_(request), socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(endpoint.port);
    inet_pton(AF_INET, endpoint.address.c_str(), &address.sin_addr);
    EXPECT_EQ(::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address),
              0);
  }
  void ask() {
    EXPECT_EQ(::send(socket_.get(), request_.data(), request_.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(request_.size()));
  }
  /// Blocks. The answers here are short and come whole.
  std::string answer() {
    std::array<char, 4096> buffer;
    const ssize_t got = ::recv(socket_.get(), buffer.data(), buffer.size(), 0);
    EXPECT_GT(got, 0);
    return {buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0))};
  }
  [[nodiscard]] pollfd interest() const { return {socket_.get(), POLLIN, 0}; }

 private:
  std::string_view request_;
  Descriptor socket_;
};

/// All clients ask again as soon as they are answered, for as long as that.
std::vector<std::string> drive(std::vector<Client>* clients, std::chrono::milliseconds time) {
  std::vector<std::string> answers;
  std::vector<pollfd> interests;
  for (Client& client : *clients) {
    interests.push_back(client.interest());
    client.ask();
  }
  const auto end = Clock::now() + time;
  for (std::size_t waiting = clients->size(); waiting > 0;) {
    EXPECT_GT(::poll(interests.data(), interests.size(), 10'000), 0);
    for (std::size_t i = 0; i < interests.size(); ++i) {
      if (interests[i].revents == 0) continue;
      answers.push_back((*clients)[i].answer());
      if (Clock::now() < end) {
        (*clients)[i].ask();
      } else {
        interests[i].fd = -1;
        --waiting;
      }
    }
  }
  return answers;
}

class OverloadTest : public ::testing::Test {
 protected:
  void start(Limits limits) {
    auto server = Server::start({.listen = {{.address = "127.0.0.1"}}, .limits = limits}, routes(),
                                &observer_, &base::system_clock(), nullptr);
    ASSERT_TRUE(server);
    server_ = std::move(*server);
  }
  std::vector<Client> clients(int count, std::string_view request) {
    std::vector<Client> clients;
    for (int i = 0; i < count; ++i) clients.emplace_back(server_->endpoints().at(0), request);
    return clients;
  }
  static std::size_t count(const std::vector<std::string>& answers, std::string_view what) {
    return static_cast<std::size_t>(
        std::count_if(answers.begin(), answers.end(),
                      [&](const std::string& answer) { return answer.find(what) != answer.npos; }));
  }

  CountingObserver observer_;
  std::unique_ptr<Server> server_;
};

TEST_F(OverloadTest, WorkThatWouldWaitIsRefusedAndTheRestGoesOn) {
  start({});
  std::vector<Client> mixed = clients(60, kWork);
  for (Client& client : clients(4, kLive)) mixed.push_back(std::move(client));
  const std::vector<std::string> answers = drive(&mixed, 1500ms);
  const std::size_t refused = count(answers, "HTTP/1.1 503 ");
  EXPECT_GT(refused, 100U);
  EXPECT_EQ(count(answers, "Retry-After: 1\r\n"), refused);
  EXPECT_EQ(count(answers, "\r\n\r\noverloaded"), refused);
  EXPECT_EQ(observer_.overloaded, static_cast<int>(refused));
  EXPECT_GT(observer_.longest_lag.load(), 6ms);
  EXPECT_GT(count(answers, "\r\n\r\ndone"), 200U);
  EXPECT_EQ(count(answers, "\r\n\r\nalive") + count(answers, "\r\n\r\ndone") + refused,
            answers.size());
}

TEST_F(OverloadTest, WhenItIsOverEverybodyIsServed) {
  start({});
  std::vector<Client> many = clients(60, kWork);
  EXPECT_GT(count(drive(&many, 500ms), "HTTP/1.1 503 "), 0U);
  std::this_thread::sleep_for(150ms);
  std::vector<Client> one = clients(1, kWork);
  const std::vector<std::string> answers = drive(&one, 300ms);
  EXPECT_EQ(count(answers, "\r\n\r\ndone"), answers.size());
}

TEST_F(OverloadTest, OneClientWithLongRequestsIsNone) {
  start({.lag_ms = 1});
  for (const int number : {1, 4}) {
    std::vector<Client> few = clients(number, kLongWork);
    const std::vector<std::string> answers = drive(&few, 500ms);
    EXPECT_EQ(count(answers, "\r\n\r\ndone"), answers.size()) << number;
  }
}

TEST_F(OverloadTest, ABurstWaits) {
  start({});
  std::vector<Client> many = clients(60, kWork);
  const std::vector<std::string> answers = drive(&many, 0ms);
  EXPECT_EQ(count(answers, "\r\n\r\ndone"), 60U);
}

TEST_F(OverloadTest, MayBeSwitchedOff) {
  start({.lag_ms = 0});
  std::vector<Client> many = clients(60, kWork);
  const std::vector<std::string> answers = drive(&many, 500ms);
  EXPECT_EQ(count(answers, "\r\n\r\ndone"), answers.size());
}

}  // namespace
}  // namespace dss::http
