// A bounded worker lane: threads beside the event loops for work of more than about a millisecond.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/unique_function.h"

namespace dss::http {

/// Work that runs once; it may own what cannot be copied, such as a Responder.
using Task = base::UniqueFunction<void()>;

/// Thread-safe. First in, first out.
class Lane {
 public:
  /// `name` is the threads' name, at most 15 characters. At most `queue_limit` tasks wait.
  Lane(const std::string& name, int threads, std::size_t queue_limit);
  ~Lane();  ///< drops what waits, ends what runs
  Lane(const Lane&) = delete;
  Lane& operator=(const Lane&) = delete;

  /// Takes the task, or refuses at once if the queue is full: then `*task` still holds it. Tasks
  /// must not throw.
  [[nodiscard]] bool try_run(Task* task);
  [[nodiscard]] std::size_t waiting() const;

 private:
  void work();

  const std::size_t queue_limit_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Task> queue_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace dss::http
