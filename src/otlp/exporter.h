// Spans on their way to an OpenTelemetry collector: a bounded queue and the thread that empties it,
// so that a slow or absent collector delays nobody.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "base/result.h"
#include "base/rng.h"
#include "log/logger.h"
#include "otlp/encoding.h"
#include "otlp/post.h"
#include "otlp/span.h"

namespace dss::otlp {

/// What became of spans.
enum class Fate : std::uint8_t {
  kSent,     ///< the collector has them
  kDropped,  ///< the queue was full, or the program ended before the collector answered
  kFailed,   ///< the collector refused them for good
};

/// All members are thread-safe.
class Exporter {
 public:
  struct Config {
    Endpoint endpoint;
    Sender sender;
    std::size_t queue_spans = 8192;              ///< what comes then is dropped
    std::size_t batch_spans = 512;               ///< in one request, or those of one offer
    std::chrono::milliseconds linger{1000};      ///< how long spans wait for a full batch
    std::chrono::milliseconds patience{5000};    ///< for one answer
    std::chrono::milliseconds first_pause{500};  ///< before spans are sent again; it doubles up to
    std::chrono::milliseconds longest_pause{30'000};   ///< this, and is shortened by chance
    std::chrono::milliseconds farewell{2000};          ///< for what is queued when the program ends
    std::function<void(Fate, std::size_t)> observe{};  ///< told of every span; from any thread
    log::Logger* logger = nullptr;                     ///< may be null
  };
  explicit Exporter(Config config);
  Exporter(const Exporter&) = delete;
  Exporter& operator=(const Exporter&) = delete;
  /// Sends what is queued, as far as the collector takes it within `farewell`; a request that was
  /// under way before may take its `patience`.
  ~Exporter();

  /// Takes all spans of a request, or answers false at once if there is no room.
  bool offer(Spans spans);
  [[nodiscard]] std::size_t queued() const;

 private:
  /// What a request to the collector came to.
  struct Attempt {
    bool again = false;                              ///< the same spans are to be sent later
    std::optional<std::chrono::milliseconds> pause;  ///< that the collector asked for
    std::string cause;                               ///< empty: it went well
  };

  void run();
  [[nodiscard]] bool wait_for_batch();
  [[nodiscard]] Spans next_batch();
  void deliver(const Spans& batch);
  Attempt attempt(const std::string& request, std::size_t spans);
  [[nodiscard]] std::chrono::milliseconds patience() const;
  [[nodiscard]] bool wait_before_retry(const Attempt& failed);
  void report(const std::string& cause);
  void drop_rest();
  void observe(Fate fate, std::size_t spans) const;

  const Config config_;
  mutable std::mutex mutex_;  ///< guards the queue, its size and the end
  std::condition_variable wake_;
  std::deque<Spans> queue_;
  std::size_t spans_ = 0;
  bool ending_ = false;
  std::chrono::steady_clock::time_point deadline_{};  ///< once ending

  // The exporter's thread only.
  Poster poster_;
  base::Rng rng_;
  std::chrono::milliseconds pause_{};
  bool failing_ = false;
  std::thread thread_;
};

}  // namespace dss::otlp
