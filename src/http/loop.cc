#include "http/loop.h"

#include <algorithm>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include "http/connection.h"

namespace dss::http {
namespace {

namespace asio = boost::asio;

/// Exchanges kept for reuse per loop, however little it does. Those that a burst needed on top go
/// back to the system when it is over, and not before: each costs a mapping and its page faults.
constexpr std::size_t kPooledExchanges = 64;

std::chrono::milliseconds ms(std::uint64_t count) { return std::chrono::milliseconds(count); }

}  // namespace

Loop::Loop(Shared* shared, std::uint64_t seed)
    : shared_(shared),
      context_(BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO),
      work_(asio::make_work_guard(context_)),
      timer_(context_.get_executor()),
      box_(std::make_shared<AnswerBox>(
          [this] { asio::post(context_, [this] { take_answers(); }); })),
      rng_(seed),
      admission_(ms(shared->limits.lag_ms), ms(shared->limits.lag_patience_ms)),
      lag_probe_(&context_, shared->clock, [this](base::SteadyTime began, base::SteadyTime ended) {
        note_lag(began, ended);
      }) {}

Loop::~Loop() = default;

void Loop::run() {
  set_current_loop(box_.get());
  sweep();
  context_.run();
  for (Exchange* exchange : box_->close()) delete exchange;
  set_current_loop(nullptr);
}

void Loop::adopt(Incoming incoming) {
  asio::dispatch(context_,
                 [this, moved = std::move(incoming)]() mutable { open(std::move(moved)); });
}

void Loop::open(Incoming incoming) {
  auto* connection = new Connection(this, std::move(incoming));
  connection->slot = connections_.size();
  connections_.push_back(connection);
  shared_->observer->connection_opened(connection->door());
  if (finishing_) return connection->close();
  connection->start();
}

void Loop::remove(Connection* connection) {
  connections_[connection->slot] = connections_.back();
  connections_[connection->slot]->slot = connection->slot;
  connections_.pop_back();
  shared_->observer->connection_closed(connection->door());
  shared_->addresses.remove(connection->address().network());
  shared_->connections.fetch_sub(1, std::memory_order_relaxed);
}

void Loop::end_idle() {
  asio::post(context_, [this] {
    for (std::size_t i = connections_.size(); i-- > 0;) connections_[i]->end_if_idle(now());
  });
}

void Loop::finish() {
  asio::post(context_, [this] {
    finishing_ = true;
    timer_.cancel();
    lag_probe_.cancel();
    while (!connections_.empty()) connections_.back()->abandon();
    work_.reset();
  });
}

void Loop::sweep() {
  if (finishing_) return;
  date_.update(shared_->clock->system());
  const base::SteadyTime at = now();
  for (std::size_t i = connections_.size(); i-- > 0;) {
    if (i < connections_.size()) connections_[i]->sweep(at);
  }
  trim_pool();
  timer_.expires_after(ms(shared_->limits.sweep_ms));
  timer_.async_wait([this](const boost::system::error_code&) { sweep(); });
}

void Loop::note_lag(base::SteadyTime began, base::SteadyTime ended) {
  admission_.note_lag(began, ended, std::exchange(work_done_, 0));
  shared_->observer->lagged(ended - began);
  if (overwhelmed_ == admission_.refuses_all()) return;
  overwhelmed_ = !overwhelmed_;
  shared_->overwhelmed.fetch_add(overwhelmed_ ? 1 : -1, std::memory_order_relaxed);
}

/// Frees what has not been needed since the last sweep.
void Loop::trim_pool() {
  const std::size_t spare = std::min(pool_low_, pool_.size());
  const std::size_t keep = std::max(kPooledExchanges, pool_.size() - spare);
  if (pool_.size() > keep) pool_.resize(keep);
  pool_low_ = pool_.size();
}

Exchange* Loop::acquire(AnswerSink* sink, const PeerAddress& address, Door door) {
  ++exchanges_out_;
  Exchange* exchange = nullptr;
  if (pool_.empty()) {
    exchange = new Exchange(box_);
  } else {
    exchange = pool_.back().release();
    pool_.pop_back();
    pool_low_ = std::min(pool_low_, pool_.size());
  }
  exchange->sink = sink;
  exchange->peer = address;
  exchange->request.peer = {.address = exchange->peer.view(), .door = door};
  return exchange;
}

bool Loop::count_body(Exchange* exchange) {
  body_bytes_ += exchange->spill.size() - exchange->counted_spill;
  exchange->counted_spill = exchange->spill.size();
  return body_bytes_ <= shared_->limits.body_memory_bytes;
}

void Loop::forget_body(Exchange* exchange) {
  body_bytes_ -= exchange->counted_spill;
  exchange->counted_spill = 0;
}

void Loop::release(Exchange* exchange) {
  --exchanges_out_;
  forget_body(exchange);
  exchange->clear();
  pool_.emplace_back(exchange);
}

void Loop::take_answers() {
  AnswerBox::Delivered delivered = box_->take();
  for (Exchange* exchange : delivered.exchanges) {
    if (exchange->sink != nullptr) {
      exchange->pass_on();
    } else {
      drop_orphan(exchange);
    }
  }
  for (auto& task : delivered.tasks) task();
}

void Loop::drop_orphan(Exchange* exchange) {
  const Request& request = exchange->request;
  shared_->observer->finished(
      {.path = exchange->match.path,
       .method = request.method,
       .counted = exchange->match.route == nullptr || exchange->match.route->counted,
       .status = kStatusClientGone,
       .request_bytes = exchange->framing.content_length,
       .seconds = base::seconds_between(request.received, now()),
       .request_id = request.request_id,
       .trace = &request.trace,
       .peer = request.peer});
  release(exchange);
}

}  // namespace dss::http
