#include "http/server.h"

#include <pthread.h>
#include <sys/random.h>

#include <boost/asio/post.hpp>
#include <condition_variable>
#include <mutex>
#include <semaphore>
#include <system_error>
#include <thread>

#include "http/listener.h"

namespace dss::http {
namespace {

/// What a client that has begun to connect may take for it when the addresses are closed.
constexpr std::chrono::milliseconds kConnecting{100};

std::uint64_t random_seed() {
  std::uint64_t seed = 0;
  // A short answer is impossible for 8 bytes; a failure leaves ids that differ by time only.
  if (::getrandom(&seed, sizeof seed, 0) != sizeof seed) {
    seed = static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
  }
  return seed;
}

}  // namespace

class Server::Parts {
 public:
  Parts(const Config& config, RouteTable table, Observer* observer, const base::Clock* clock,
        log::Logger* logger)
      : routes_(std::move(table)), router_(&routes_), logger_(logger) {
    shared_.limits = config.limits;
    shared_.sampler = trace::RatioSampler(config.trace_ratio);
    shared_.router = &router_;
    shared_.observer = observer;
    shared_.clock = clock;
    shared_.tls_only = config.tls != nullptr;
    shared_.tls.set(config.tls);
    for (int i = 0; i < std::max(1, config.loops); ++i) {
      loops_.push_back(std::make_unique<Loop>(&shared_, random_seed()));
    }
  }

  base::Status bind(const std::vector<Endpoint>& endpoints, Door door) {
    std::uint16_t chosen = 0;
    for (Endpoint endpoint : endpoints) {
      // Both loopbacks of one port that the system chose.
      if (endpoint.port == 0 && endpoint.optional) endpoint.port = chosen;
      auto listener =
          std::make_unique<Listener>(&shared_, &loops_[0]->context(), door,
                                     [this](Incoming incoming) { give(std::move(incoming)); });
      if (const base::Status bound = listener->bind(&endpoint); !bound) {
        if (!endpoint.optional || bound.error().kind != base::ErrorKind::kNotFound) return bound;
        if (logger_ != nullptr)
          logger_->info("address left out", {{"cause", bound.error().message}});
        continue;
      }
      chosen = endpoint.port;
      endpoints_.push_back(endpoint);
      listeners_.push_back(std::move(listener));
    }
    return {};
  }

  base::Status run() {
    for (const auto& listener : listeners_) listener->start();
    for (std::size_t i = 0; i < loops_.size(); ++i) {
      if (const base::Status started = start_thread(i); !started) {
        stop();
        return started;
      }
    }
    return {};
  }

  void set_tls(std::shared_ptr<const TlsContext> context) { shared_.tls.set(std::move(context)); }

  void begin_drain(std::chrono::milliseconds accept_for) {
    if (shared_.draining.exchange(true)) return;
    try {
      drain_timer_ = std::jthread(
          [this, accept_for](const std::stop_token& stop) { close_after(accept_for, stop); });
    } catch (const std::system_error&) {
      // No more threads: the caller's own waits, so that clients are drained all the same.
      close_after(accept_for, {});
    }
  }

  bool wait_drained(std::chrono::milliseconds patience) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!closed_ || shared_.connections.load() != 0) {
      if (std::chrono::steady_clock::now() >= end) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return true;
  }

  void stop() {
    if (threads_.empty()) return;
    if (drain_timer_.joinable()) {
      drain_timer_.request_stop();
      drain_timer_.join();
    }
    shared_.draining = true;
    on_first_loop([](Listener* listener) { listener->stop(); });
    for (const auto& loop : loops_) loop->finish();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }

  [[nodiscard]] const std::vector<Endpoint>& endpoints() const { return endpoints_; }
  [[nodiscard]] std::uint64_t connections() const { return shared_.connections.load(); }

 private:
  void close_after(std::chrono::milliseconds accept_for, const std::stop_token& stop) {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any wake;
    wake.wait_for(lock, stop, accept_for, [] { return false; });
    on_first_loop([](Listener* listener) { listener->ignore_new_clients(); });
    wake.wait_for(lock, stop, kConnecting, [] { return false; });
    on_first_loop([](Listener* listener) { listener->stop(); });
    for (const auto& loop : loops_) loop->end_idle();
    closed_ = true;
  }

  base::Status start_thread(std::size_t i) {
    try {
      threads_.emplace_back([loop = loops_[i].get()] { loop->run(); });
    } catch (const std::system_error& error) {
      return base::fail(base::ErrorKind::kIo, "cannot start event loop " + std::to_string(i + 1) +
                                                  " of " + std::to_string(loops_.size()) + ": " +
                                                  error.code().message());
    }
    pthread_setname_np(threads_.back().native_handle(), ("http-" + std::to_string(i)).c_str());
    return {};
  }

  void give(Incoming incoming) {
    loops_[next_loop_]->adopt(std::move(incoming));
    next_loop_ = (next_loop_ + 1) % loops_.size();
  }

  /// Waits until the first loop, on which they live, has done so with all listeners.
  template <typename Act>
  void on_first_loop(Act act) {
    std::binary_semaphore done{0};
    boost::asio::post(loops_[0]->context(), [&] {
      for (const auto& listener : listeners_) act(listener.get());
      done.release();
    });
    done.acquire();
  }

  RouteTable routes_;
  Router router_;
  Shared shared_;
  log::Logger* logger_;
  std::vector<std::unique_ptr<Loop>> loops_;
  std::vector<std::unique_ptr<Listener>> listeners_;
  std::vector<Endpoint> endpoints_;
  std::vector<std::thread> threads_;
  std::size_t next_loop_ = 0;
  std::jthread drain_timer_;
  std::atomic<bool> closed_{false};
};

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Server::~Server() { stop(); }

base::Result<std::unique_ptr<Server>> Server::start(Config config, RouteTable routes,
                                                    Observer* observer, const base::Clock* clock,
                                                    log::Logger* logger) {
  auto parts = std::make_unique<Parts>(config, std::move(routes), observer, clock, logger);
  for (const auto& [endpoints, door] :
       {std::pair(&config.listen, Door::kPublic), std::pair(&config.admin, Door::kAdmin)}) {
    if (const base::Status bound = parts->bind(*endpoints, door); !bound)
      return base::fail(bound.error());
  }
  if (const base::Status running = parts->run(); !running) return base::fail(running.error());
  return std::unique_ptr<Server>(new Server(std::move(parts)));
}

const std::vector<Endpoint>& Server::endpoints() const { return parts_->endpoints(); }
std::uint64_t Server::connections() const { return parts_->connections(); }
void Server::set_tls(std::shared_ptr<const TlsContext> context) {
  parts_->set_tls(std::move(context));
}
void Server::begin_drain(std::chrono::milliseconds accept_for) { parts_->begin_drain(accept_for); }
bool Server::wait_drained(std::chrono::milliseconds patience) {
  return parts_->wait_drained(patience);
}
void Server::stop() { parts_->stop(); }

}  // namespace dss::http
