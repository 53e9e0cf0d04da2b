// One event loop: the thread, the connections it owns, and what they share without locks.
#pragma once

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <vector>

#include "base/clock.h"
#include "base/rng.h"
#include "http/address.h"
#include "http/address_counts.h"
#include "http/admission.h"
#include "http/date.h"
#include "http/descriptor.h"
#include "http/exchange.h"
#include "http/lag_probe.h"
#include "http/limits.h"
#include "http/observer.h"
#include "http/router.h"
#include "http/tls_context.h"
#include "trace/sampler.h"

namespace dss::http {

class Connection;

/// What all loops of a server share. Everything but the counters is immutable once the loops run.
struct Shared {
  Limits limits;
  trace::RatioSampler sampler;  ///< of traces that begin here
  const Router* router = nullptr;
  Observer* observer = nullptr;
  const base::Clock* clock = nullptr;
  bool tls_only = false;  ///< every connection begins with a TLS handshake
  TlsSlot tls;            ///< for new connections; filled if `tls_only`
  AddressCounts addresses;
  std::atomic<std::uint64_t> connections{0};
  std::atomic<int> overwhelmed{0};    ///< loops that refuse all work
  std::atomic<bool> draining{false};  ///< every answer ends its connection
};

/// An accepted socket on its way to a loop. It is counted in Shared already.
struct Incoming {
  Descriptor socket;
  bool ipv6 = false;
  PeerAddress address;
  Door door = Door::kPublic;
};

/// Members are for the loop's own thread unless they say otherwise.
class Loop {
 public:
  Loop(Shared* shared, std::uint64_t seed);
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  /// Serves on the calling thread until finish().
  void run();
  /// Any thread: takes over a connection.
  void adopt(Incoming incoming);
  /// Any thread: idle connections end within a moment, the others when they have their answer.
  void end_idle();
  /// Any thread: ends all connections and then run().
  void finish();
  boost::asio::io_context& context() { return context_; }

  /// An exchange for a connection that becomes active.
  Exchange* acquire(AnswerSink* sink, const PeerAddress& address, Door door);
  void release(Exchange* exchange);
  /// Reports a started request whose client has gone, and takes its exchange back.
  void drop_orphan(Exchange* exchange);
  /// Whether so many exchanges are out that idle connections should give theirs back at once.
  [[nodiscard]] bool is_crowded() const { return exchanges_out_ > kCrowd; }
  /// Whether a request that does the loop's real work is to be refused, as the loop cannot keep up.
  [[nodiscard]] bool refuses_work() { return admission_.refuses(&rng_); }
  /// Such a request was answered, or refused. Sees to it that the lag is measured, which then tells
  /// what others wait, and not how long this one took.
  void work_done(base::SteadyTime now) {
    ++work_done_;
    lag_probe_.poke(now);
  }
  /// Counts what a body has grown to. False if the loop holds too much of bodies.
  [[nodiscard]] bool count_body(Exchange* exchange);
  void forget_body(Exchange* exchange);
  /// Forgets a connection that has closed itself, and its counts.
  void remove(Connection* connection);

  Shared& shared() { return *shared_; }
  base::Rng* rng() { return &rng_; }
  [[nodiscard]] std::string_view date() const { return date_.text(); }
  [[nodiscard]] base::SteadyTime now() const { return shared_->clock->steady(); }

 private:
  static constexpr std::size_t kCrowd = 1024;

  void open(Incoming incoming);
  void note_lag(base::SteadyTime began, base::SteadyTime ended);
  void sweep();
  void trim_pool();
  void take_answers();

  Shared* shared_;
  boost::asio::io_context context_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                    boost::asio::wait_traits<std::chrono::steady_clock>,
                                    boost::asio::io_context::executor_type>
      timer_;
  std::shared_ptr<AnswerBox> box_;
  base::Rng rng_;
  DateCache date_;
  Admission admission_;
  LagProbe lag_probe_;
  std::vector<Connection*> connections_;
  std::vector<std::unique_ptr<Exchange>> pool_;
  std::size_t pool_low_ = 0;  ///< least that it held since the last sweep
  std::uint64_t body_bytes_ = 0;
  std::size_t exchanges_out_ = 0;
  std::size_t work_done_ = 0;  ///< since the lag was measured last
  bool overwhelmed_ = false;
  bool finishing_ = false;
};

}  // namespace dss::http
