// A server with simple routes on a port of the system's choice, and a blocking client for it.
#pragma once

#include <chrono>
#include <string>
#include <thread>

#include "http/lane.h"
#include "http/server.h"

struct ssl_st;  // OpenSSL's SSL

namespace dss::http::conformance {

/// Counts events; nothing else.
class CountingObserver final : public Observer {
 public:
  void started(PathIndex, Method, bool) override { ++started_count; }
  void finished(const Observation& observation) override {
    ++finished_count;
    if (observation.status == kStatusClientGone) ++gone_count;
    if (observation.seconds > slowest_seconds) slowest_seconds = observation.seconds;
  }
  void connection_opened(Door) override { ++opened_count; }
  void connection_closed(Door) override { ++closed_count; }
  void rejected(Rejection rejection) override { ++rejections[static_cast<std::size_t>(rejection)]; }
  void lagged(std::chrono::nanoseconds /*lag*/) override {}

  std::atomic<int> started_count{0}, finished_count{0}, gone_count{0}, opened_count{0},
      closed_count{0};
  std::atomic<double> slowest_seconds{0};
  std::array<std::atomic<int>, kRejections> rejections{};
};

/// Waits until `done()`, at most 10 s. Returns whether it came to that.
template <typename Condition>
bool eventually(Condition done) {
  for (int i = 0; i < 1000 && !done(); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  return done();
}

/// The routes that cases.txt names, and a few more. `lane` runs /later and outlives the server.
RouteTable test_routes(Lane* lane);

enum class Security : std::uint8_t { kPlain, kTls };

/// A running server.
struct TestServer {
  explicit TestServer(Limits limits = {}, int loops = 1, Security security = Security::kPlain);
  [[nodiscard]] std::uint16_t port() const { return server->endpoints().at(0).port; }

  CountingObserver observer;
  Lane lane{"later", 2, 1024};
  std::unique_ptr<Server> server;
};

/// A blocking TCP client with time-outs. Failures throw.
class Client {
 public:
  Client();
  explicit Client(std::uint16_t port, Security security = Security::kPlain) : Client() {
    connect(port);
    if (security == Security::kTls) start_tls();
  }
  void connect(std::uint16_t port);
  void start_tls();
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// False if the server has closed meanwhile.
  bool send(std::string_view bytes);
  void half_close();
  /// Ends with a reset.
  void reset();

  struct Answer {
    int status = 0;  ///< 0: the connection ended
    std::string head;
    std::string body;
  };
  /// The next answer, interim ones included.
  Answer read_any_answer(bool has_body = true);
  /// The next final answer. `has_body` false: for an answer to HEAD.
  Answer read_answer(bool has_body = true);
  /// Whether the server ends the connection within the time, and nothing more arrives.
  bool is_closed_within(int milliseconds);

 private:
  bool fill(int milliseconds);
  std::ptrdiff_t send_some(std::string_view bytes);
  std::ptrdiff_t receive(char* data, std::size_t size);
  int socket_ = -1;
  ssl_st* tls_ = nullptr;
  std::string received_;
  bool ended_ = false;
};

}  // namespace dss::http::conformance
