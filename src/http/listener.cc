#include "http/listener.h"

#include <fcntl.h>
#include <linux/filter.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace dss::http {
namespace {

namespace asio = boost::asio;
using ErrorCode = boost::system::error_code;

constexpr int kBacklog = 4096;
constexpr int kBatch = 64;  ///< connections accepted before the loop does something else
constexpr std::uint32_t kTcpFlags = 13;  ///< offset in the TCP header
constexpr std::uint32_t kSyn = 0x02;
/// How long accepting pauses when there is no room.
constexpr std::chrono::milliseconds kRetry{20};

Descriptor open_spare() { return Descriptor(::open("/dev/null", O_RDONLY | O_CLOEXEC)); }

PeerAddress peer_of(const sockaddr_storage& from) {
  PeerAddress peer;
  if (from.ss_family == AF_INET6) {
    const auto& address = reinterpret_cast<const sockaddr_in6&>(from);
    peer.size = 16;
    std::memcpy(peer.bytes.data(), &address.sin6_addr, 16);
  } else {
    const auto& address = reinterpret_cast<const sockaddr_in&>(from);
    peer.size = 4;
    std::memcpy(peer.bytes.data(), &address.sin_addr, 4);
  }
  return peer;
}

std::string explain(const ErrorCode& error, const Endpoint& endpoint) {
  std::string text = "cannot listen on " + endpoint.text() + ": ";
  if (error == asio::error::address_in_use)
    return text + "the port is in use; choose another or stop its user";
  if (error == asio::error::access_denied)
    return text + "no permission for this port; use one above 1023";
  if (error.value() == EADDRNOTAVAIL) return text + "this machine has no such address";
  return text + error.message();
}

}  // namespace

Listener::Listener(Shared* shared, asio::io_context* context, Door door, Give give)
    : shared_(shared),
      acceptor_(context->get_executor()),
      retry_(context->get_executor()),
      door_(door),
      give_(std::move(give)),
      spare_(open_spare()) {}

base::Status Listener::bind(Endpoint* endpoint) {
  ErrorCode error;
  const asio::ip::tcp::endpoint address(asio::ip::make_address(endpoint->address, error),
                                        endpoint->port);
  ipv6_ = address.address().is_v6();
  if (!error) acceptor_.open(address.protocol(), error);
  if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
  if (!error && ipv6_) acceptor_.set_option(asio::ip::v6_only(true), error);
  // Accepted sockets inherit it: answers are written whole, so nothing is gained by waiting.
  if (!error) acceptor_.set_option(asio::ip::tcp::no_delay(true), error);
  if (!error) acceptor_.non_blocking(true, error);
  if (!error) acceptor_.bind(address, error);
  if (!error) acceptor_.listen(kBacklog, error);
  if (error) {
    const bool absent = error.value() == EADDRNOTAVAIL || error.value() == EAFNOSUPPORT;
    ErrorCode ignored;
    acceptor_.close(ignored);
    return base::fail(absent ? base::ErrorKind::kNotFound : base::ErrorKind::kIo,
                      explain(error, *endpoint));
  }
  endpoint->port = acceptor_.local_endpoint(error).port();
  return {};
}

void Listener::start() { wait(); }

void Listener::ignore_new_clients() {
  // Seen from the TCP header: what has SYN set is dropped.
  std::array<sock_filter, 4> program{{{BPF_LD | BPF_B | BPF_ABS, 0, 0, kTcpFlags},
                                      {BPF_JMP | BPF_JSET | BPF_K, 0, 1, kSyn},
                                      {BPF_RET | BPF_K, 0, 0, 0},
                                      {BPF_RET | BPF_K, 0, 0, UINT32_MAX}}};
  const sock_fprog filter{.len = program.size(), .filter = program.data()};
  // If the system refuses, clients that come while the address is closed are reset.
  (void)::setsockopt(acceptor_.native_handle(), SOL_SOCKET, SO_ATTACH_FILTER, &filter,
                     sizeof filter);
}

void Listener::stop() {
  if (!acceptor_.is_open()) return;
  retry_.cancel();
  // What waits was promised an answer; what a flood adds meanwhile was not.
  for (int left = kBacklog; left > 0 && accept_one() == Accepted::kOne; --left) {
  }
  ErrorCode ignored;
  acceptor_.close(ignored);
}

void Listener::wait() {
  acceptor_.async_wait(Acceptor::wait_read, [this](const ErrorCode& error) {
    if (!error) accept_all();
  });
}

void Listener::accept_all() {
  // The loop has connections of its own: they get their turn between two batches.
  Accepted last = Accepted::kOne;
  for (int left = kBatch; left > 0 && last == Accepted::kOne; --left) last = accept_one();
  last == Accepted::kPause || holds_clients_back() ? pause() : wait();
}

/// Clients wait in the backlog, where they cost nothing, while the loops cannot even refuse in time
/// what the others ask. A batch is let in at each retry, probes among it.
bool Listener::holds_clients_back() const {
  return door_ == Door::kPublic && shared_->overwhelmed.load(std::memory_order_relaxed) > 0;
}

void Listener::pause() {
  retry_.expires_after(kRetry);
  retry_.async_wait([this](const ErrorCode& error) {
    if (!error) accept_all();
  });
}

Listener::Accepted Listener::accept_one() {
  if (shared_->connections.load(std::memory_order_relaxed) >= shared_->limits.connections)
    return Accepted::kPause;
  sockaddr_storage from{};
  socklen_t size = sizeof from;
  Incoming incoming{
      .socket = Descriptor(::accept4(acceptor_.native_handle(), reinterpret_cast<sockaddr*>(&from),
                                     &size, SOCK_NONBLOCK | SOCK_CLOEXEC)),
      .ipv6 = ipv6_,
      .address = peer_of(from),
      .door = door_};
  if (!incoming.socket.valid()) {
    if (errno == EMFILE || errno == ENFILE) return shed_one();
    const bool transient = errno == ECONNABORTED || errno == EINTR || errno == EPROTO;
    return transient ? Accepted::kOne : Accepted::kNone;
  }
  if (!shared_->addresses.try_add(incoming.address.network(),
                                  shared_->limits.connections_per_address)) {
    shared_->observer->rejected(Rejection::kAddressLimit);
    return Accepted::kOne;
  }
  shared_->connections.fetch_add(1, std::memory_order_relaxed);
  give_(std::move(incoming));
  return Accepted::kOne;
}

/// Out of descriptors: the spare one lets the client be turned away instead of left in the backlog.
Listener::Accepted Listener::shed_one() {
  spare_.reset();
  Descriptor refused(::accept4(acceptor_.native_handle(), nullptr, nullptr, SOCK_CLOEXEC));
  if (refused.valid()) shared_->observer->rejected(Rejection::kDescriptors);
  refused.reset();
  spare_ = open_spare();
  return Accepted::kPause;
}

}  // namespace dss::http
