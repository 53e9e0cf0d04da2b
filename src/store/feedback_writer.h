// Feedback on its way to the database: a bounded queue and the thread that empties it, so that a
// slow, locked or absent database delays nobody.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "log/logger.h"
#include "store/feedback.h"

namespace dss::store {

/// What became of entries.
enum class Kept : std::uint8_t {
  kKept,     ///< the database has them
  kDropped,  ///< the queue was full, or the program ended before the database answered
  kFailed,   ///< the database refused them for good
};

/// All members are thread-safe.
class FeedbackWriter {
 public:
  struct Config {
    /// Opens the database; called by the writer's thread, again after every error.
    std::function<base::Result<std::unique_ptr<Feedback>>()> open;
    std::chrono::days texts_kept{30};
    std::optional<std::chrono::days> entries_kept{};   ///< nothing: for ever
    std::size_t queue_bytes = std::size_t{8} << 20;    ///< about; what comes then is dropped
    std::chrono::milliseconds first_pause{250};        ///< before a database is tried again; it
    std::chrono::milliseconds longest_pause{30'000};   ///< doubles up to this
    const base::Clock* clock = nullptr;                ///< says what is too old
    std::function<void(Kept, std::size_t)> observe{};  ///< told of every entry; from any thread
    log::Logger* logger = nullptr;                     ///< may be null
  };
  explicit FeedbackWriter(Config config);
  FeedbackWriter(const FeedbackWriter&) = delete;
  FeedbackWriter& operator=(const FeedbackWriter&) = delete;
  /// Writes what is queued, if the database takes it at the first attempt; waits for an attempt
  /// under way (which the database's own time limits bound).
  ~FeedbackWriter();

  /// Takes the entry, or answers false at once if there is no room.
  bool offer(Entry entry);
  [[nodiscard]] std::size_t queued() const;

 private:
  using Batch = std::vector<Entry>;

  void run();
  bool wait_for_work();
  bool wait_before_retry();
  Batch next_batch();
  base::Status open_once();
  base::Status attempt();
  base::Status write_queued();
  base::Status expire_if_due();
  void take_off(std::size_t count);
  void report(const base::Status& done);
  void drop_rest();
  void observe(Kept kept, std::size_t count) const;

  const Config config_;
  mutable std::mutex mutex_;  ///< guards the queue, its size and `ending_`
  std::condition_variable wake_;
  std::deque<Entry> queue_;
  std::size_t bytes_ = 0;
  bool ending_ = false;

  // The writer's thread only.
  std::unique_ptr<Feedback> feedback_;
  std::chrono::milliseconds pause_{};
  std::optional<base::SystemTime> expired_at_;
  bool failing_ = false;
  std::thread thread_;
};

}  // namespace dss::store
