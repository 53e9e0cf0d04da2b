#include <gtest/gtest.h>
#include <sys/resource.h>

#include <thread>

#include "fixture.h"
#include "http/descriptor.h"

namespace dss::http::conformance {
namespace {

constexpr std::string_view kHealth = "GET /health HTTP/1.1\r\nHost: a\r\n\r\n";

std::string post(std::string_view path, std::string_view body) {
  return "POST " + std::string(path) +
         " HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         std::string(body);
}

/// Many clients, two loops, answers from the loops and from other threads: each client gets its own
/// bytes back.
class Concurrency : public testing::TestWithParam<Security> {};

TEST_P(Concurrency, ClientsGetTheirOwnAnswers) {
  TestServer server({}, 2, GetParam());
  std::atomic<int> wrong{0};
  std::vector<std::thread> clients;
  for (int c = 0; c < 16; ++c) {
    clients.emplace_back([&, c] {
      Client client(server.port(), GetParam());
      for (int i = 0; i < 100; ++i) {
        const std::string first = "a" + std::to_string(c * 1000 + i);
        const std::string second = "b" + std::to_string(c * 1000 + i);
        client.send(post("/later", first) + post("/echo", second) + post("/later", second));
        if (client.read_answer().body != first) ++wrong;
        if (client.read_answer().body != second) ++wrong;
        if (client.read_answer().body != second) ++wrong;
      }
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(server.observer.started_count, 4800);
  EXPECT_EQ(server.observer.finished_count, 4800);
}

INSTANTIATE_TEST_SUITE_P(Load, Concurrency, testing::Values(Security::kPlain, Security::kTls));

/// Clients that hang up at any moment while other threads still work on their answers.
TEST(Load, ClientsThatLeave) {
  TestServer server({}, 2);
  std::vector<std::thread> clients;
  for (int c = 0; c < 8; ++c) {
    clients.emplace_back([&, c] {
      for (int i = 0; i < 50; ++i) {
        Client client(server.port());
        client.send(post("/later", std::string(200, 'x')));
        if ((c + i) % 3 == 0) client.read_answer();
        if ((c + i) % 2 == 0) client.reset();
      }
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_TRUE(eventually([&] {
    return server.server->connections() == 0 &&
           server.observer.started_count == server.observer.finished_count;
  }));
  EXPECT_EQ(server.observer.opened_count, server.observer.closed_count);
}

/// Whoever hangs up, politely or with a reset, is noticed while others work for him.
TEST(Load, ClientsThatLeaveWithinABodyAreCounted) {
  TestServer server;
  constexpr std::string_view kHalf =
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nab";
  {
    Client closes(server.port());
    closes.send(kHalf);
    Client resets(server.port());
    resets.send(kHalf);
    Client half_closes(server.port());
    half_closes.send(kHalf);
    ASSERT_TRUE(eventually([&] { return server.observer.started_count == 3; }));
    half_closes.half_close();
    resets.reset();
  }
  EXPECT_TRUE(eventually([&] { return server.observer.gone_count == 3; }));
  EXPECT_EQ(server.observer.finished_count, 3);
}

TEST(Load, WorkOfClientsThatHaveGoneEnds) {
  TestServer server;
  for (const bool reset : {false, true}) {
    auto client = std::make_unique<Client>(server.port());
    client->send("GET /patient HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_TRUE(eventually([&] { return server.observer.started_count == (reset ? 2 : 1); }));
    if (reset) client->reset();
    client.reset();
    EXPECT_TRUE(eventually([&] { return server.observer.gone_count == (reset ? 2 : 1); }));
  }
}

/// The memory of a client that left during its request serves the next client as if new.
TEST(Load, ClientsThatLeaveOneAfterAnotherAreAllCounted) {
  TestServer server;
  for (int gone = 1; gone <= 4; ++gone) {
    Client client(server.port());
    client.send(gone % 2 == 1 ? "GET /patient HTTP/1.1\r\nHost: a\r\n\r\n"
                              : "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nab");
    ASSERT_TRUE(eventually([&] { return server.observer.started_count == gone; }));
    client.reset();
    ASSERT_TRUE(eventually([&] { return server.observer.gone_count == gone; })) << gone;
  }
}

/// The time for which a client does not read belongs to none of its requests.
TEST(Load, AStalledReaderSlowsNoRequest) {
  TestServer server;
  Client client(server.port());
  std::string requests;
  for (int i = 0; i < 30; ++i) requests += "GET /large HTTP/1.1\r\nHost: a\r\n\r\n";
  client.send(requests);
  std::this_thread::sleep_for(std::chrono::milliseconds(600));
  EXPECT_LT(server.observer.finished_count, 30) << "the client did not stall the server";
  for (int i = 0; i < 30; ++i) ASSERT_EQ(client.read_answer().status, 200);
  EXPECT_LT(server.observer.slowest_seconds, 0.4);
}

/// 200 clients that dribble a header byte each, while others are served.
TEST(Load, SlowClientsHarmNobody) {
  Limits limits;
  limits.header_ms = 300;
  limits.sweep_ms = 20;
  TestServer server(limits);
  std::vector<std::unique_ptr<Client>> slow;
  for (int i = 0; i < 200; ++i) slow.push_back(std::make_unique<Client>(server.port()));
  Client normal(server.port());
  for (int round = 0; round < 30; ++round) {
    for (const auto& client : slow) client->send("G");
    for (int i = 0; i < 10; ++i) {
      normal.send(kHealth);
      ASSERT_EQ(normal.read_answer().status, 200);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_TRUE(eventually([&] { return server.server->connections() == 1; }));
  EXPECT_GE(server.observer.rejections[static_cast<std::size_t>(Rejection::kTimeout)], 200);
}

TEST(Load, ServerStopsWhileAnswersAreOut) {
  for (int round = 0; round < 20; ++round) {
    Lane outer("outer", 1, 1024);
    TestServer server({}, 2);
    std::vector<std::unique_ptr<Client>> clients;
    for (int c = 0; c < 8; ++c) {
      clients.push_back(std::make_unique<Client>(server.port()));
      clients.back()->send(post("/later", "x"));
    }
    server.server.reset();
  }
}

TEST(Deadlines, HeaderBodyAndIdle) {
  Limits limits;
  limits.header_ms = 200;
  limits.body_ms = 200;
  limits.idle_ms = 200;
  limits.sweep_ms = 20;
  TestServer server(limits);
  Client silent(server.port());
  Client slow_head(server.port());
  Client slow_body(server.port());
  Client idle(server.port());
  idle.send(kHealth);
  EXPECT_EQ(idle.read_answer().status, 200);
  slow_body.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n");
  // A byte now and then renews nothing.
  for (int i = 0; i < 15; ++i) {
    slow_head.send("G");
    slow_body.send("x");
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
  }
  EXPECT_EQ(slow_head.read_answer().status, 408);
  EXPECT_EQ(slow_body.read_answer().status, 408);
  EXPECT_TRUE(silent.is_closed_within(2000));
  EXPECT_TRUE(idle.is_closed_within(2000));
}

TEST(Deadlines, ClientThatNeverReads) {
  Limits limits;
  limits.write_ms = 300;
  limits.sweep_ms = 20;
  TestServer server(limits);
  Client client(server.port());
  std::string many;
  for (int i = 0; i < 60; ++i) many += "GET /large HTTP/1.1\r\nHost: a\r\n\r\n";
  client.send(many);
  EXPECT_TRUE(eventually([&] { return server.server->connections() == 0; }));
  // Reading stopped at the unread limit: most of the requests were never taken.
  EXPECT_LT(server.observer.started_count, 20);
}

TEST(Limits, ConnectionsPerAddress) {
  Limits limits;
  limits.connections_per_address = 2;
  TestServer server(limits);
  Client first(server.port());
  Client second(server.port());
  first.send(kHealth);
  second.send(kHealth);
  EXPECT_EQ(first.read_answer().status, 200);
  EXPECT_EQ(second.read_answer().status, 200);
  Client third(server.port());
  EXPECT_TRUE(third.is_closed_within(2000));
  EXPECT_EQ(server.observer.rejections[static_cast<std::size_t>(Rejection::kAddressLimit)], 1);
}

TEST(Limits, AcceptingPausesAtTheLimit) {
  Limits limits;
  limits.connections = 1;
  TestServer server(limits);
  auto first = std::make_unique<Client>(server.port());
  first->send(kHealth);
  EXPECT_EQ(first->read_answer().status, 200);
  Client second(server.port());
  second.send(kHealth);
  EXPECT_FALSE(second.is_closed_within(100));
  first.reset();
  EXPECT_EQ(second.read_answer().status, 200);
}

TEST(Limits, MemoryOfLargeBodies) {
  Limits limits;
  limits.body_memory_bytes = 50000;
  TestServer server(limits);
  Client client(server.port());
  client.send(post("/echo", std::string(45000, 'x')) + post("/echo", std::string(60000, 'x')));
  EXPECT_EQ(client.read_answer().status, 200);
  EXPECT_EQ(client.read_answer().status, 503);
}

/// Out of descriptors: clients are turned away, nobody waits for ever, and serving goes on
/// afterwards.
TEST(Limits, Descriptors) {
  TestServer server;
  rlimit before{};
  getrlimit(RLIMIT_NOFILE, &before);
  std::vector<Descriptor> hoard;
  auto client = std::make_unique<Client>(server.port());
  client->send(kHealth);
  EXPECT_EQ(client->read_answer().status, 200);
  auto waiting = std::make_unique<Client>();
  const rlimit low{.rlim_cur = 256, .rlim_max = before.rlim_max};
  setrlimit(RLIMIT_NOFILE, &low);
  for (int number = 0; (number = ::dup(0)) >= 0;) hoard.emplace_back(number);
  waiting->connect(server.port());
  EXPECT_TRUE(waiting->is_closed_within(5000));
  EXPECT_GE(server.observer.rejections[static_cast<std::size_t>(Rejection::kDescriptors)], 1);
  client->send(kHealth);
  EXPECT_EQ(client->read_answer().status, 200);
  hoard.clear();
  setrlimit(RLIMIT_NOFILE, &before);
  Client after(server.port());
  after.send(kHealth);
  EXPECT_EQ(after.read_answer().status, 200);
}

TEST(Limits, RequestsPerConnection) {
  Limits limits;
  limits.requests_per_connection = 2;
  TestServer server(limits);
  Client client(server.port());
  client.send(std::string(kHealth) + std::string(kHealth) + std::string(kHealth));
  EXPECT_EQ(client.read_answer().head.find("Connection: close"), std::string::npos);
  EXPECT_NE(client.read_answer().head.find("Connection: close"), std::string::npos);
  EXPECT_TRUE(client.is_closed_within(3000));
}

/// Requests that were accepted and get no answer before the server ends are counted.
TEST(Drain, WhatIsCutIsCounted) {
  TestServer server;
  Client working(server.port());
  working.send("GET /patient HTTP/1.1\r\nHost: a\r\n\r\n");
  Client sending(server.port());
  sending.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nab");
  Client idle(server.port());
  idle.send(kHealth);
  EXPECT_EQ(idle.read_answer().status, 200);
  EXPECT_TRUE(eventually([&] { return server.observer.started_count == 3; }));
  server.server->begin_drain(std::chrono::milliseconds(0));
  EXPECT_FALSE(server.server->wait_drained(std::chrono::milliseconds(50)));
  server.server->stop();
  EXPECT_EQ(server.observer.rejections[static_cast<std::size_t>(Rejection::kDraining)], 2);
}

/// Connects and asks until the address is closed; counts what else goes wrong.
void ask_until_closed(std::uint16_t port, std::atomic<int>* answered, std::atomic<int>* lost) {
  while (true) {
    std::unique_ptr<Client> client;
    try {
      client = std::make_unique<Client>(port);
    } catch (const std::exception&) {
      return;
    }
    try {
      client->send(kHealth);
      ++(client->read_answer().status == 200 ? *answered : *lost);
    } catch (const std::exception&) {
      ++*lost;
    }
  }
}

/// Clients keep coming while addresses are closed: none of them is reset.
TEST(Drain, ClosingAnAddressResetsNobody) {
  std::atomic<int> lost{0};
  std::atomic<int> answered{0};
  std::vector<std::unique_ptr<TestServer>> servers;
  std::vector<std::thread> clients;
  for (int i = 0; i < 20; ++i) {
    servers.push_back(std::make_unique<TestServer>());
    for (int c = 0; c < 3; ++c) {
      clients.emplace_back(ask_until_closed, servers.back()->port(), &answered, &lost);
    }
  }
  for (const auto& server : servers) {
    const int before = answered;
    EXPECT_TRUE(eventually([&] { return answered > before + 50; }));
    server->server->begin_drain(std::chrono::milliseconds(0));
  }
  for (std::thread& client : clients) client.join();
  for (const auto& server : servers)
    EXPECT_TRUE(server->server->wait_drained(std::chrono::seconds(10)));
  EXPECT_EQ(lost, 0);
}

TEST(Drain, AnswersWhatWasAskedAndEnds) {
  TestServer server({}, 2);
  Client busy(server.port());
  Client idle(server.port());
  idle.send(kHealth);
  EXPECT_EQ(idle.read_answer().status, 200);
  server.server->begin_drain(std::chrono::milliseconds(200));
  Client late(server.port());
  late.send(kHealth);
  const Client::Answer answer = late.read_answer();
  EXPECT_EQ(answer.status, 200);
  EXPECT_NE(answer.head.find("Connection: close"), std::string::npos);
  busy.send(post("/later", "x"));
  EXPECT_EQ(busy.read_answer().status, 200);
  EXPECT_TRUE(server.server->wait_drained(std::chrono::seconds(10)));
  EXPECT_TRUE(idle.is_closed_within(100));
  EXPECT_THROW(Client(server.port()), std::runtime_error);
}

/// Clients that never stop asking while the server drains: whoever got a connection gets his
/// answers.
TEST(Drain, LosesNothingUnderLoad) {
  TestServer server({}, 2);
  std::atomic<int> answered{0};
  std::atomic<int> lost{0};
  std::vector<std::thread> clients;
  for (int c = 0; c < 8; ++c) {
    clients.emplace_back([&, c] {
      const std::string request = post(c % 2 == 0 ? "/echo" : "/later", "hello");
      Client::Answer answer;
      for (std::unique_ptr<Client> client;;) {
        try {
          if (client == nullptr) client = std::make_unique<Client>(server.port());
        } catch (const std::exception&) {
          return;  // the address is closed
        }
        try {
          client->send(request);
          answer = client->read_answer();
          ++(answer.status == 200 ? answered : lost);
        } catch (const std::exception&) {
          ++lost;
          return;
        }
        if (answer.head.find("Connection: close") != std::string::npos) client.reset();
      }
    });
  }
  EXPECT_TRUE(eventually([&] { return answered > 500; }));
  server.server->begin_drain(std::chrono::milliseconds(300));
  EXPECT_TRUE(server.server->wait_drained(std::chrono::seconds(10)));
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(lost, 0);
}

/// More connections than the loop likes to hold buffers for.
TEST(Idle, CrowdsAreServedWithoutTheirOwnBuffers) {
  TestServer server;
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 400; ++i) clients.push_back(std::make_unique<Client>(server.port()));
  for (int round = 0; round < 3; ++round) {
    for (const auto& client : clients) client->send(kHealth);
    for (const auto& client : clients) ASSERT_EQ(client->read_answer().status, 200);
  }
}

/// An idle connection gives its buffer back and must still notice its next request.
TEST(Idle, RequestAfterParking) {
  Limits limits;
  limits.sweep_ms = 20;
  TestServer server(limits);
  Client client(server.port());
  for (int i = 0; i < 5; ++i) {
    client.send(kHealth);
    EXPECT_EQ(client.read_answer().status, 200);
    std::this_thread::sleep_for(std::chrono::milliseconds(80));
  }
}

}  // namespace
}  // namespace dss::http::conformance
