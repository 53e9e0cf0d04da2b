// Accepts connections on one address and hands them out.
#pragma once

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>

#include "base/result.h"
#include "http/loop.h"

namespace dss::http {

/// Lives on one loop and is used there, but for bind() before the loop runs.
class Listener {
 public:
  using Give = std::function<void(Incoming)>;

  /// `give` takes each accepted connection, counted in `shared`.
  Listener(Shared* shared, boost::asio::io_context* context, Door door, Give give);

  /// Binds and listens. One line names the address and the cause if that fails. On success
  /// `endpoint->port` is real.
  base::Status bind(Endpoint* endpoint);
  void start();
  /// From now on the system drops the first packet of new clients: they try again a second later
  /// and find the address closed. Those who have begun to connect may end it and are accepted;
  /// without this they would be reset when the address is closed.
  void ignore_new_clients();
  /// Takes what waits in the backlog, then closes the address.
  void stop();

 private:
  using Executor = boost::asio::io_context::executor_type;
  using Acceptor = boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, Executor>;
  enum class Accepted : std::uint8_t { kOne, kNone, kPause };

  void wait();
  void accept_all();
  Accepted accept_one();
  Accepted shed_one();
  void pause();
  [[nodiscard]] bool holds_clients_back() const;

  Shared* shared_;
  Acceptor acceptor_;
  boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                    boost::asio::wait_traits<std::chrono::steady_clock>, Executor>
      retry_;
  Door door_;
  Give give_;
  bool ipv6_ = false;
  Descriptor spare_;  ///< given up for a moment when the process has no descriptor left
};

}  // namespace dss::http
