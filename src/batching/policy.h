// Which texts are admitted, which share a batch, and when it starts.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/standing_queue.h"
#include "batching/arrivals.h"
#include "batching/limits.h"
#include "batching/throughput.h"

namespace dss::batching {

using WorkId = std::uint64_t;

/// One sequence of a work.
struct Text {
  WorkId work = 0;
  std::uint32_t sequence = 0;  ///< its place in the work
  std::uint32_t tokens = 0;
  const void* group = nullptr;  ///< a batch holds texts of one group
};

/// Decides and counts; it owns no text, starts no thread and reads no clock: every `now` is an
/// argument and must not go back. Not thread-safe.
///
/// - A work is admitted whole or not at all, and at once. A queue that is long for a moment, after
///   a large work or a burst, is let be; one that stands is kept short by refusing (base/
///   standing_queue.h), as everybody in it would only wait longer for the same throughput.
/// - Works take turns: a sequence counts as having come later than its work by kYield times what
///   computing the work's sequences before it takes, at most kMostYield. So a comment is not kept
///   waiting by an essay's windows, and an essay only by who comes within half a second.
/// - A batch always holds the first text of that order. The rest of its budget goes to the texts of
///   the same group whose lengths are nearest to the first one's, among the kLookAhead first. So
///   nobody starves: a text with n texts before it is in one of the next n + 1 batches.
/// - If several workers are idle, they share what waits, down to kWorthSharing tokens each.
/// - An idle worker starts at once unless more work is likely to come: see ready_at().
class Policy {
 public:
  static constexpr std::size_t kLookAhead = 64;     ///< also the most texts of a batch
  static constexpr std::size_t kWorthSharing = 64;  ///< tokens; smaller batches compute slower
  /// Simulated at 70 % load with the lengths of real comments: at 8 the 99th percentile of short
  /// texts is a third of what it is at 0, that of all texts is no longer, and the longest wait is
  /// twice as long.
  static constexpr double kYield = 8;
  static constexpr std::chrono::milliseconds kMostYield{500};

  explicit Policy(const Limits& limits);

  /// Errors: kTooLarge (more tokens than the queue may ever hold), kUnavailable (queue full, or
  /// standing, or the estimated wait passes the deadline). Throws std::bad_alloc; then nothing was
  /// admitted. REQUIRES: ids grow from call to call; `lengths` are not empty and above zero.
  base::Status admit(WorkId work, const void* group, std::span<const std::uint32_t> lengths,
                     std::optional<base::SteadyTime> deadline, base::SteadyTime now);

  /// When an idle worker may start a batch: not after now means at once. Nothing: no text waits.
  /// More work is waited for while texts arrive faster than one in Limits::wait; until the budget
  /// is filled, two expected gaps have passed without an arrival, or the oldest has waited for
  /// Limits::wait. A deadline that ends earlier ends the waiting.
  [[nodiscard]] std::optional<base::SteadyTime> ready_at() const;

  /// Moves texts from the queue to the end of `*batch`: a new batch if it is empty, else more of
  /// the same kind while the budget lasts. Never allocates if `*batch` has room for kLookAhead.
  void take(std::vector<Text>* batch);
  /// Takes one work off the queue that has not begun and whose deadline is before now.
  std::optional<WorkId> take_late(base::SteadyTime now);
  /// Forgets what waits of a work; returns how many texts that were.
  std::size_t discard(WorkId work);

  /// REQUIRES: worker < Limits::workers.
  void began(std::size_t worker, std::size_t tokens, base::SteadyTime now) {
    throughput_.began(worker, tokens, now);
  }
  void ended(std::size_t worker, base::SteadyTime now) { throughput_.ended(worker, now); }

  [[nodiscard]] std::chrono::nanoseconds estimated_wait(base::SteadyTime now) const;
  [[nodiscard]] std::chrono::nanoseconds oldest_wait(base::SteadyTime now) const;
  [[nodiscard]] std::size_t waiting_texts() const { return queue_.size(); }
  [[nodiscard]] std::size_t waiting_tokens() const { return waiting_tokens_; }
  [[nodiscard]] const Throughput& throughput() const { return throughput_; }
  /// The work whose text is first.
  [[nodiscard]] std::optional<WorkId> first() const;

 private:
  struct Waiting {
    Text text;
    base::SteadyTime arrived;
    base::SteadyTime turn;  // when it counts as having come
    std::optional<base::SteadyTime> deadline;
  };
  [[nodiscard]] bool stands(base::SteadyTime now);
  void enqueue(std::span<const std::uint32_t> lengths, Waiting waiting);
  /// How much later a sequence counts as having come behind so many tokens of its own work.
  [[nodiscard]] std::chrono::nanoseconds yield_behind(std::size_t tokens) const;
  /// When the one that waits longest came. REQUIRES: one waits.
  [[nodiscard]] base::SteadyTime oldest_arrival() const;
  /// Moves the text at `place` to `*batch`.
  void move_to(std::vector<Text>* batch, std::size_t place);
  [[nodiscard]] std::size_t budget() const;

  const Limits limits_;
  base::StandingQueue standing_;
  std::deque<Waiting> queue_;  // by turn
  std::size_t waiting_tokens_ = 0;
  std::set<std::pair<base::SteadyTime, WorkId>> deadlines_;  // of works that have not begun
  Arrivals arrivals_;
  Throughput throughput_;
};

}  // namespace dss::batching
