// The other side of an export, for tests: real HTTP on a loopback port, with the answers that a
// test wants.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace dss::otlp {

/// Answers one connection after another; 200 and `{}` when no other answer is left.
class TestCollector {
 public:
  struct Reply {
    unsigned status = 200;
    std::string body = "{}";
    std::string retry_after{};
    bool hang_up = false;  ///< no answer: the connection is closed after it was read
    bool close = false;    ///< the connection is closed after the answer
  };

  explicit TestCollector(std::deque<Reply> replies = {})
      : replies_(std::move(replies)), thread_([this] { serve(); }) {}
  ~TestCollector() {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
    }
    boost::system::error_code ignored;
    // Wakes accept() and, by its end, a read.
    boost::asio::io_context context;
    Tcp::socket last(context);
    last.connect(acceptor_.local_endpoint(), ignored);
    current_end();
    thread_.join();
  }
  TestCollector(const TestCollector&) = delete;
  TestCollector& operator=(const TestCollector&) = delete;

  [[nodiscard]] std::string port() const {
    return std::to_string(acceptor_.local_endpoint().port());
  }
  /// Bodies received so far, once there are `count` of them or five seconds have passed.
  [[nodiscard]] std::vector<std::string> bodies(std::size_t count) {
    std::unique_lock lock(mutex_);
    arrived_.wait_for(lock, std::chrono::seconds(5), [&] { return bodies_.size() >= count; });
    return bodies_;
  }
  [[nodiscard]] int connections() {
    const std::lock_guard lock(mutex_);
    return connections_;
  }
  [[nodiscard]] std::string last_head() {
    const std::lock_guard lock(mutex_);
    return head_;
  }

 private:
  using Tcp = boost::asio::ip::tcp;
  using Request = boost::beast::http::request<boost::beast::http::string_body>;

  void current_end() {
    const std::lock_guard lock(mutex_);
    boost::system::error_code ignored;
    if (current_ != nullptr) current_->shutdown(Tcp::socket::shutdown_both, ignored);
  }

  Reply take(const Request& request) {
    const std::lock_guard lock(mutex_);
    bodies_.push_back(request.body());
    head_ = std::string(request.method_string()) + " " + std::string(request.target()) + " " +
            std::string(request[boost::beast::http::field::content_type]) + " " +
            std::string(request[boost::beast::http::field::host]);
    arrived_.notify_all();
    if (replies_.empty()) return {};
    Reply reply = replies_.front();
    replies_.pop_front();
    return reply;
  }

  bool begin(Tcp::socket* socket) {
    const std::lock_guard lock(mutex_);
    if (ending_) return false;
    ++connections_;
    current_ = socket;
    return true;
  }

  void serve() {
    while (true) {
      Tcp::socket socket(context_);
      acceptor_.accept(socket);
      if (!begin(&socket)) return;
      while (answer_one(&socket)) {
      }
      const std::lock_guard lock(mutex_);
      current_ = nullptr;
    }
  }

  bool answer_one(Tcp::socket* socket) {
    boost::beast::flat_buffer buffer;
    boost::system::error_code error;
    Request request;
    boost::beast::http::read(*socket, buffer, request, error);
    if (error) return false;
    const Reply reply = take(request);
    if (reply.hang_up) return false;
    boost::beast::http::response<boost::beast::http::string_body> response;
    response.result(reply.status);
    response.body() = reply.body;
    if (!reply.retry_after.empty())
      response.set(boost::beast::http::field::retry_after, reply.retry_after);
    response.prepare_payload();
    boost::beast::http::write(*socket, response, error);
    return !error && !reply.close;
  }

  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Reply> replies_;
  std::vector<std::string> bodies_;
  std::string head_;
  int connections_ = 0;
  bool ending_ = false;
  Tcp::socket* current_ = nullptr;
  boost::asio::io_context context_;
  Tcp::acceptor acceptor_{context_, {boost::asio::ip::address_v4::loopback(), 0}};
  std::thread thread_;
};

}  // namespace dss::otlp
