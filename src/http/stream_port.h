// A stream's answer on its way from any thread to its connection.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>

#include "http/exchange.h"
#include "http/stream.h"

namespace dss::http {

/// The connection. Called on its loop.
class StreamSink {
 public:
  virtual void stream_ready() = 0;

 protected:
  ~StreamSink() = default;
};

class StreamPort final : public StreamWriter, public std::enable_shared_from_this<StreamPort> {
 public:
  StreamPort(std::shared_ptr<AnswerBox> box, StreamSink* sink)
      : box_(std::move(box)), sink_(sink) {}

  // Any thread.
  void write(std::string_view bytes) override;
  void finish() override;
  void wake() override;
  [[nodiscard]] bool client_gone() const override { return gone_.load(); }

  // The rest on the loop.

  /// What was written since the last call.
  [[nodiscard]] std::string take();
  [[nodiscard]] bool is_complete() const;  ///< finished, and everything taken
  /// Bytes that wait to be taken.
  [[nodiscard]] std::size_t waiting() const;
  /// While the connection looks at the port anyway, nothing wakes it. Turning it on again says
  /// whether something came in meanwhile.
  void hold_wakes() { woken_.store(true); }
  [[nodiscard]] bool allow_wakes();
  /// The connection has gone.
  void abandon();

 private:
  mutable std::mutex mutex_;
  std::string written_;
  bool finished_ = false;
  std::atomic<bool> woken_{false};
  std::atomic<bool> asked_{false};  ///< wake() came since the last look
  std::atomic<bool> gone_{false};
  const std::shared_ptr<AnswerBox> box_;
  StreamSink* sink_;
};

}  // namespace dss::http
