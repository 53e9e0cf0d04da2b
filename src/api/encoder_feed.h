// Hands the texts of one request to an encoder's queue, not more at a time than leave room for
// others.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "api/backend.h"
#include "base/clock.h"
#include "base/result.h"

namespace dss::api {

/// Thread-safe. Texts are begun in the order in which they were added; their outcomes come in any.
class EncoderFeed : public std::enable_shared_from_this<EncoderFeed> {
 public:
  /// Texts of one feed that are queued or computed at the same time.
  static constexpr std::size_t kWindow = 32;

  struct Text {
    std::size_t place = 0;  ///< handed back with the outcome
    std::string text{};
    std::string_view model{};  ///< a literal, or kept by the service
    bool explain = false;
    // The caller's own, handed back.
    std::size_t line = 0;
    std::string row{};
  };
  enum class WhenFull : std::uint8_t {
    kFail,  ///< what the queue has no room for, once none of ours is in it, fails
    kWait,  ///< it waits for retry()
  };
  struct Calls {
    /// Whether nobody waits any more: texts not yet begun are dropped, and their outcomes never
    /// come.
    std::function<bool()> gone;
    /// Once for each text, on any thread, maybe within add().
    std::function<void(const Text&, base::Result<scoring::Outcome>)> done;
    std::uint64_t account = 0;  ///< as Later::account
  };

  /// REQUIRES: `backend` has score_later and outlives all texts.
  EncoderFeed(const Backend& backend, std::optional<base::SteadyTime> deadline, WhenFull when_full,
              Calls calls)
      : backend_(backend), deadline_(deadline), when_full_(when_full), calls_(std::move(calls)) {}

  void add(Text text);
  /// Tries again what the queue had no room for.
  void retry();

 private:
  using Handle = std::shared_ptr<Text>;
  void pump();
  void begin(const Handle& text);
  void completed(const Handle& text, base::Result<scoring::Outcome> outcome);
  [[nodiscard]] std::deque<Handle> take_failed(const Handle& text);

  const Backend& backend_;
  const std::optional<base::SteadyTime> deadline_;
  const WhenFull when_full_;
  const Calls calls_;
  std::mutex mutex_;
  std::deque<Handle> waiting_;
  std::size_t begun_ = 0;
  bool pumping_ = false;  ///< a thread is in pump()
  bool full_ = false;     ///< the queue had no room
};

}  // namespace dss::api
