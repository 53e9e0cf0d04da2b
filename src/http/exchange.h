// One request in flight: its bytes, its parsed form, and the way back for its answer.
#pragma once

#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/unique_function.h"
#include "http/address.h"
#include "http/framing.h"
#include "http/head_scanner.h"
#include "http/request_id.h"
#include "http/request_parser.h"
#include "http/route.h"
#include "http/router.h"

namespace dss::http {

/// What follows a body in memory, readable, for vectorised parsers.
inline constexpr std::size_t kBodyPadding = 64;
inline constexpr std::size_t kBufferBytes = 16384;

/// The connection that waits for an exchange's answer. Called on its loop only.
class AnswerSink {
 public:
  /// `response` is empty if the Responder was dropped unused.
  virtual void answered(Response* response) = 0;

 protected:
  ~AnswerSink() = default;
};

/// How other threads reach a loop. Outlives the loop, so that a late Responder finds a closed box
/// and not a dead loop.
class AnswerBox {
 public:
  /// REQUIRES: `wake` makes the loop call take() soon; it is called under the lock, never after
  /// close().
  explicit AnswerBox(std::function<void()> wake) : wake_(std::move(wake)) {}

  /// Thread-safe. Takes the exchange; deletes it if the box is closed.
  void deliver(Exchange* exchange);
  /// Thread-safe. Has the task run on the loop soon, or never if the box is closed.
  void run(base::UniqueFunction<void()> task);
  struct Delivered {
    std::vector<Exchange*> exchanges;
    std::vector<base::UniqueFunction<void()>> tasks;
  };
  /// All that came since the last call. On the loop.
  Delivered take();
  /// On the loop, once: what arrives later is deleted. Returns what had arrived.
  std::vector<Exchange*> close();

 private:
  std::mutex mutex_;
  void wake_for_the_first();
  bool open_ = true;
  Delivered delivered_;
  std::function<void()> wake_;
};

/// The working memory of a connection while it is active: buffer, parser and the one request being
/// answered. Owned by the connection, but by the Responder while `outstanding`; pooled per loop. On
/// the loop only, but for what the Responder does.
class Exchange {
 public:
  explicit Exchange(std::shared_ptr<AnswerBox> box) : box_(std::move(box)) {}

  // Pages of their own, so that those of a burst go back to the system when it is over.
  static void* operator new(std::size_t size);
  static void operator delete(void* memory, std::size_t size);

  // Received bytes: buffer[begin, end) is not consumed yet.
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t head_end = 0;  ///< behind the head that `request` views

  HeadScanner scanner;
  RequestParser parser;
  Head head;
  Framing framing;
  Router::Match match;
  Request request;
  std::string spill;              ///< a body that is chunked or did not fit into the buffer
  std::size_t counted_spill = 0;  ///< bytes of it that the loop has counted
  RequestIdBuffer id;
  std::uint64_t max_body = 0;
  bool has_refusal = false;  ///< `refusal` is answered once the body has been read and thrown away
  Failure refusal;

  AnswerSink* sink = nullptr;  ///< null: the connection has gone
  bool outstanding = false;    ///< a Responder exists
  std::atomic<bool> gone{false};

  PeerAddress peer;
  std::array<HeaderView, 64> headers;
  std::array<char, kBufferBytes + kBodyPadding> buffer;

  [[nodiscard]] std::string_view unconsumed() const { return {buffer.data() + begin, end - begin}; }
  [[nodiscard]] std::size_t free_bytes() const { return kBufferBytes - end; }
  /// Moves the bytes not consumed down to `front`. REQUIRES: front <= begin; no view points behind
  /// it.
  void compact(std::size_t front);
  /// Forgets the request; keeps the bytes not consumed.
  void next_request();
  /// As new, for another connection.
  void clear();
  [[nodiscard]] const std::shared_ptr<AnswerBox>& box() const { return box_; }

  /// From the Responder, on any thread: hands over the answer, or none if it was dropped.
  void answer(Response* response);
  /// Passes on to the sink what another thread delivered. On the loop. REQUIRES: there is a sink.
  void pass_on() { sink->answered(has_response_ ? &response_ : nullptr); }

 private:
  std::shared_ptr<AnswerBox> box_;
  Response response_;
  bool has_response_ = false;
};

/// Marks the calling thread as the loop of `box`; null: as none.
void set_current_loop(const AnswerBox* box);

}  // namespace dss::http
