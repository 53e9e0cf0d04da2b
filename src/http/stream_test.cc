// Streams over real sockets: body in and answer out side by side.
#include "http/stream.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>

#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <thread>

#include "http/descriptor.h"
#include "http/server.h"

namespace dss::http {
namespace {

using namespace std::chrono_literals;

// What the handlers saw, for the test's thread.
struct Seen {
  std::atomic<std::size_t> received{0};
  std::atomic<int> alive{0};
  std::atomic<int> finished_status{0};
  std::shared_ptr<StreamWriter> writer;
  std::atomic<bool> paused{false};
};

// Gives back what it gets; `stop` in the body ends the answer early.
class Echo final : public StreamHandler {
 public:
  Echo(Seen* seen, std::shared_ptr<StreamWriter> writer) : seen_(*seen), writer_(writer) {
    seen_.writer = std::move(writer);
    ++seen_.alive;
  }
  ~Echo() override { --seen_.alive; }
  void data(std::string_view bytes) override {
    seen_.received += bytes.size();
    if (bytes.find("stop") != std::string_view::npos) return writer_->finish();
    writer_->write(bytes);
  }
  void end() override { writer_->finish(); }
  [[nodiscard]] bool wants_data() const override { return !seen_.paused; }

 private:
  Seen& seen_;
  std::shared_ptr<StreamWriter> writer_;
};

class Watcher final : public Observer {
 public:
  explicit Watcher(Seen* seen) : seen_(*seen) {}
  void started(PathIndex, Method, bool) override {}
  void finished(const Observation& observation) override {
    seen_.finished_status = observation.status;
  }
  void connection_opened(Door) override {}
  void connection_closed(Door) override {}
  void rejected(Rejection) override {}
  void lagged(std::chrono::nanoseconds) override {}

 private:
  Seen& seen_;
};

class Client {
 public:
  explicit Client(const Endpoint& endpoint) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(endpoint.port);
    inet_pton(AF_INET, endpoint.address.c_str(), &address.sin_addr);
    EXPECT_EQ(::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address),
              0);
  }
  void send(std::string_view bytes) {
    EXPECT_EQ(::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(bytes.size()));
  }
  // As many bytes as the server's system and ours take within a moment of each other.
  std::size_t send_until_stuck(std::string_view bytes) {
    std::size_t sent = 0;
    pollfd wait{socket_.get(), POLLOUT, 0};
    while (sent < bytes.size() && ::poll(&wait, 1, 300) == 1) {
      const ssize_t some = ::send(socket_.get(), bytes.data() + sent, bytes.size() - sent,
                                  MSG_NOSIGNAL | MSG_DONTWAIT);
      if (some > 0) sent += static_cast<std::size_t>(some);
    }
    return sent;
  }
  // Reads until `end` has come, or the connection ends, or nothing comes for a while.
  std::string read_until(std::string_view end) {
    std::string all;
    pollfd wait{socket_.get(), POLLIN, 0};
    while (all.find(end) == std::string::npos && ::poll(&wait, 1, 5000) == 1) {
      char buffer[4096];
      const ssize_t got = ::recv(socket_.get(), buffer, sizeof buffer, 0);
      if (got <= 0) return all + "<end>";
      all.append(buffer, static_cast<std::size_t>(got));
    }
    return all;
  }
  void hang_up() { socket_ = Descriptor(); }

 private:
  Descriptor socket_;
};

class StreamTest : public testing::Test {
 protected:
  StreamTest() {
    RouteTable table;
    Route route;
    route.method = Method::kPost;
    route.path = "/echo";
    route.max_body = 100;
    route.handler = [](const Request& request, Responder responder) {
      responder.send({.body = "whole " + std::string(request.body)});
    };
    route.stream = [this](const Request& request, std::shared_ptr<StreamWriter> writer) {
      if (request.header("X-Plain") == "1") return StreamStart();
      if (request.header("X-Refuse") == "1") return StreamStart(Response{.status = 422});
      return StreamStart(std::make_unique<Echo>(&seen_, std::move(writer)));
    };
    table.routes.push_back(std::move(route));
    table.renderers.emplace_back(
        "", [](const Failure& failure) { return Response{.status = failure.status}; });
    auto server = Server::start({.listen = {{.address = "127.0.0.1"}}}, std::move(table), &watcher_,
                                &base::system_clock(), nullptr);
    EXPECT_TRUE(server);
    server_ = std::move(*server);
  }

  [[nodiscard]] Client client() const { return Client(server_->endpoints().at(0)); }
  static std::string head(std::string_view more) {
    return "POST /echo HTTP/1.1\r\nHost: a\r\n" + std::string(more) + "\r\n\r\n";
  }
  template <typename Condition>
  static bool soon(Condition holds) {
    for (int i = 0; i < 500 && !holds(); ++i) std::this_thread::sleep_for(10ms);
    return holds();
  }

  Seen seen_;
  Watcher watcher_{&seen_};
  std::unique_ptr<Server> server_;
};

TEST_F(StreamTest, AnswersWhileTheBodyComes) {
  Client one = client();
  one.send(head("Transfer-Encoding: chunked"));
  one.send("3\r\nab\n\r\n");
  const std::string first = one.read_until("ab\n\r\n");
  EXPECT_TRUE(first.starts_with("HTTP/1.1 200 OK\r\n")) << first;
  EXPECT_NE(first.find("Transfer-Encoding: chunked\r\n"), std::string::npos);
  EXPECT_TRUE(first.ends_with("\r\n\r\n3\r\nab\n\r\n")) << first;
  one.send("2\r\nc\n\r\n0\r\n\r\n");
  EXPECT_EQ(one.read_until("0\r\n\r\n"), "2\r\nc\n\r\n0\r\n\r\n");
  EXPECT_TRUE(soon([&] { return seen_.finished_status == 200; }));
  one.send(head("Content-Length: 2") + "xy");
  EXPECT_TRUE(one.read_until("0\r\n\r\n").ends_with("\r\n\r\n2\r\nxy\r\n0\r\n\r\n"))
      << "the connection goes on";
}

TEST_F(StreamTest, PipelinedStreamsKeepTheirOrder) {
  Client one = client();
  std::string all;
  for (int i = 0; i < 3; ++i) all += head("Content-Length: 1") + std::to_string(i);
  one.send(all + head("X-Plain: 1\r\nConnection: close\r\nContent-Length: 1") + "z");
  const std::string answer = one.read_until("<never>");
  std::size_t at = 0;
  for (const char* part :
       {"1\r\n0\r\n0\r\n\r\n", "1\r\n1\r\n0\r\n\r\n", "1\r\n2\r\n0\r\n\r\n", "whole z<end>"}) {
    at = answer.find(part, at);
    ASSERT_NE(at, std::string::npos) << part << " in " << answer;
  }
}

TEST_F(StreamTest, Http10EndsWithTheConnection) {
  Client one = client();
  one.send("POST /echo HTTP/1.0\r\nContent-Length: 2\r\n\r\nxy");
  const std::string answer = one.read_until("<never>");
  EXPECT_EQ(answer.find("chunked"), std::string::npos);
  EXPECT_TRUE(answer.ends_with("\r\n\r\nxy<end>")) << answer;
}

TEST_F(StreamTest, AnAnswerThatEndsEarlyEndsTheConnection) {
  Client one = client();
  one.send(head("Transfer-Encoding: chunked") + "4\r\nstop\r\n");
  EXPECT_TRUE(one.read_until("<never>").ends_with("0\r\n\r\n<end>"));
}

TEST_F(StreamTest, TheRouteMayRefuseOrLeaveItToTheHandler) {
  Client one = client();
  one.send(head("X-Refuse: 1\r\nTransfer-Encoding: chunked"));
  EXPECT_TRUE(one.read_until("<never>").starts_with("HTTP/1.1 422 "));
  Client other = client();
  other.send(head("X-Plain: 1\r\nContent-Length: 500"));
  EXPECT_TRUE(other.read_until("<never>").starts_with("HTTP/1.1 413 "))
      << "a body that is no stream has the route's limit";
}

TEST_F(StreamTest, MalformedChunksAreRefusedOrCutOff) {
  Client early = client();
  early.send(head("Transfer-Encoding: chunked") + "zz\r\n");
  EXPECT_TRUE(early.read_until("<never>").starts_with("HTTP/1.1 400 "));
  Client late = client();
  late.send(head("Transfer-Encoding: chunked") + "1\r\na\r\n");
  EXPECT_TRUE(late.read_until("a\r\n").ends_with("1\r\na\r\n"));
  late.send("zz\r\n");
  EXPECT_EQ(late.read_until("<never>"), "<end>") << "without the last chunk";
}

TEST_F(StreamTest, AClientThatHangsUpEndsTheHandler) {
  Client one = client();
  one.send(head("Transfer-Encoding: chunked") + "1\r\na\r\n");
  one.read_until("a\r\n");
  const std::shared_ptr<StreamWriter> writer = seen_.writer;
  one.hang_up();
  EXPECT_TRUE(soon([&] { return seen_.alive == 0; }));
  EXPECT_TRUE(writer->client_gone());
  writer->write("nobody reads this");
  EXPECT_TRUE(soon([&] { return seen_.finished_status == kStatusClientGone; }));
}

TEST_F(StreamTest, AHandlerThatPausesHoldsTheClientBack) {
  Client one = client();
  one.send(head("Content-Length: 100000000"));
  ASSERT_TRUE(soon([&] { return seen_.alive == 1; }));
  seen_.paused = true;
  const std::string much(50'000'000, 'x');
  const std::size_t sent = one.send_until_stuck(much);
  EXPECT_LT(sent, much.size());
  EXPECT_LT(seen_.received, 100'000U) << "what the handler had before";
  seen_.paused = false;
  std::thread([writer = seen_.writer] { writer->wake(); }).join();
  EXPECT_TRUE(soon([&] { return seen_.received > 100'000U; }));
}

TEST_F(StreamTest, AClientThatDoesNotReadIsNotReadFrom) {
  Client one = client();
  one.send(head("Content-Length: 100000000"));
  const std::string much(50'000'000, 'x');
  EXPECT_LT(one.send_until_stuck(much), much.size());
  EXPECT_LT(seen_.received, 20'000'000U);
}

}  // namespace
}  // namespace dss::http
