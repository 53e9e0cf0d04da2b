#include "records/ordered_pipeline.h"

#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace dss::records {
namespace {

class Pipeline {
 public:
  Pipeline(std::size_t workers, const PipelineSteps& steps)
      : workers_(workers), held_limit_(4 * workers), steps_(steps) {}

  base::Status run();

 private:
  void work(std::size_t worker);
  [[nodiscard]] std::optional<Chunk> take();
  void deliver(std::size_t index, std::string result);
  void fail(base::Error error);
  void stop_writing(base::Error error);

  const std::size_t workers_;
  const std::size_t held_limit_;
  const PipelineSteps& steps_;

  std::mutex reading_;  ///< held while `read` runs

  std::mutex mutex_;  ///< guards what follows; never held while a step runs
  std::condition_variable room_;
  std::size_t held_ = 0;  ///< pieces taken and not yet written
  std::map<std::size_t, std::string> finished_;
  std::size_t next_to_write_ = 0;
  bool writing_ = false;
  bool ended_ = false;
  bool write_failed_ = false;
  base::Status status_;
};

void Pipeline::fail(base::Error error) {
  const std::lock_guard lock(mutex_);
  if (status_) status_ = base::fail(std::move(error));
  ended_ = true;
  room_.notify_all();
}

void Pipeline::stop_writing(base::Error error) {
  {
    const std::lock_guard lock(mutex_);
    write_failed_ = true;
  }
  fail(std::move(error));
}

std::optional<Chunk> Pipeline::take() {
  const std::lock_guard reading(reading_);
  {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [this] { return held_ < held_limit_ || ended_; });
    if (ended_) return std::nullopt;
    ++held_;
  }
  auto chunk = steps_.read();
  if (!chunk) {
    fail(chunk.error());
    return std::nullopt;
  }
  if (!*chunk) {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  return std::move(*chunk);
}

/// Whoever finishes the piece that is next in line writes it, and all that wait behind it. What was
/// read before a failure to read on is still written.
void Pipeline::deliver(std::size_t index, std::string result) {
  std::unique_lock lock(mutex_);
  finished_.emplace(index, std::move(result));
  if (writing_) return;
  writing_ = true;
  while (!finished_.empty() && finished_.begin()->first == next_to_write_ && !write_failed_) {
    const std::string ready = std::move(finished_.begin()->second);
    finished_.erase(finished_.begin());
    lock.unlock();
    const base::Status written = steps_.write(ready);
    if (!written) stop_writing(written.error());
    lock.lock();
    ++next_to_write_;
    --held_;
    room_.notify_all();
  }
  writing_ = false;
}

void Pipeline::work(std::size_t worker) {
  try {
    while (auto chunk = take()) {
      const std::size_t index = chunk->index;
      std::string result = steps_.transform(worker, *chunk);
      chunk.reset();
      deliver(index, std::move(result));
    }
  } catch (const std::exception& error) {
    fail({base::ErrorKind::kInternal, error.what()});
  }
}

base::Status Pipeline::run() {
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < workers_; ++i) threads.emplace_back([this, i] { work(i); });
  work(0);
  for (std::thread& thread : threads) thread.join();
  return status_;
}

}  // namespace

base::Status run_ordered(std::size_t workers, const PipelineSteps& steps) {
  return Pipeline(workers, steps).run();
}

}  // namespace dss::records
