#include "batching/batcher.h"

#include <algorithm>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <new>
#include <string>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "batching/batch_runner.h"
#include "batching/job.h"
#include "batching/policy.h"
#include "batching/thread_priority.h"

namespace dss::batching {
namespace {

using base::ErrorKind;
using base::fail;

base::Status check(const Work& work) {
  const models::EncoderConfig& config = work.encoder->config();
  if (work.sequences.empty()) return fail(ErrorKind::kInvalidArgument, "no text to compute");
  for (const auto& ids : work.sequences) {
    if (ids.empty()) return fail(ErrorKind::kInvalidArgument, "a text without tokens");
    if (ids.size() > config.positions) {
      return fail(ErrorKind::kTooLarge, "a text has " + std::to_string(ids.size()) +
                                            " tokens, the encoder reads at most " +
                                            std::to_string(config.positions) +
                                            "; split it into windows");
    }
    if (*std::max_element(ids.begin(), ids.end()) >= config.vocabulary) {
      return fail(ErrorKind::kInvalidArgument, "a token id outside the encoder's vocabulary");
    }
  }
  return {};
}

std::vector<std::uint32_t> lengths_of(const Work& work) {
  std::vector<std::uint32_t> lengths;
  lengths.reserve(work.sequences.size());
  for (const auto& ids : work.sequences) lengths.push_back(static_cast<std::uint32_t>(ids.size()));
  return lengths;
}

}  // namespace

/// What the threads share. Functions that take the lock are called with it held and may let go of
/// it in between, for callbacks never run under it.
class Batcher::Shared {
 public:
  using Lock = std::unique_lock<std::mutex>;

  Shared(const Limits& limits, const base::Clock* clock);
  ~Shared() { stop(); }

  base::Status submit(Work* work);
  State state() const;
  std::chrono::nanoseconds estimated_wait() const;

 private:
  void stop();
  void work(std::size_t worker);
  /// False: the batcher is shutting down.
  bool wait_for_work(Lock& lock);
  void answer_late(Lock& lock);
  void form_batch(Lock& lock, BatchRunner& runner);
  /// Adds to the batch; answers whether some of the new texts' clients were gone.
  bool add_texts(Lock& lock, BatchRunner& runner);
  void drop_gone(Lock& lock, BatchRunner& runner);
  void run_batch(Lock& lock, std::size_t worker);
  void answer_all(Lock& lock);
  base::Status admit(const std::shared_ptr<Job>& job, const Work& work);
  /// Counts sequences of a work as settled; answers it if they were the last.
  void settle(Lock& lock, std::shared_ptr<Job> job, std::size_t sequences);

  const int nice_;
  const std::function<void(std::size_t, std::size_t)> observe_;
  const base::Clock* clock_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  Policy policy_;
  std::unordered_map<WorkId, std::shared_ptr<Job>> jobs_;
  WorkId next_id_ = 0;
  std::uint64_t refused_ = 0;
  std::uint64_t late_ = 0;
  std::uint64_t gone_ = 0;
  bool stopping_ = false;
  std::vector<BatchRunner> runners_;  // one a worker
  std::vector<std::thread> threads_;
};

Batcher::Shared::Shared(const Limits& limits, const base::Clock* clock)
    : nice_(limits.nice), observe_(limits.observe), clock_(clock), policy_(limits) {
  const std::size_t workers = std::max<std::size_t>(1, limits.workers);
  runners_.reserve(workers);
  for (std::size_t i = 0; i < workers; ++i) runners_.emplace_back(limits.batch_tokens);
  try {
    for (std::size_t i = 0; i < workers; ++i) threads_.emplace_back([this, i] { work(i); });
  } catch (...) {
    stop();
    throw;
  }
}

void Batcher::Shared::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

base::Status Batcher::Shared::submit(Work* work) {
  if (auto status = check(*work); !status) return status;
  base::Status status;
  try {
    auto job = std::make_shared<Job>(*work);
    const Lock lock(mutex_);
    job->id = next_id_++;
    status = admit(job, *work);
    if (status) {
      job->work = std::move(*work);
    } else if (status.error().kind == ErrorKind::kUnavailable) {
      ++refused_;
    }
  } catch (const std::bad_alloc&) {
    return fail(ErrorKind::kUnavailable, "out of memory");
  }
  if (status) wake_.notify_one();
  return status;
}

base::Status Batcher::Shared::admit(const std::shared_ptr<Job>& job, const Work& work) {
  if (stopping_) return fail(ErrorKind::kUnavailable, "the server is shutting down");
  job->submitted = clock_->steady();
  auto status =
      policy_.admit(job->id, work.encoder.get(), lengths_of(work), work.deadline, job->submitted);
  if (!status) return status;
  try {
    jobs_.emplace(job->id, job);
  } catch (...) {
    policy_.discard(job->id);
    throw;
  }
  return status;
}

void Batcher::Shared::work(std::size_t worker) {
  become_background_thread(nice_);
  Lock lock(mutex_);
  while (wait_for_work(lock)) {
    answer_late(lock);
    form_batch(lock, runners_[worker]);
    if (!runners_[worker].texts.empty()) run_batch(lock, worker);
  }
  answer_all(lock);
}

bool Batcher::Shared::wait_for_work(Lock& lock) {
  while (!stopping_) {
    const auto ready = policy_.ready_at();
    const auto now = clock_->steady();
    if (ready && *ready <= now) return true;
    if (ready) {
      wake_.wait_for(lock, *ready - now);
    } else {
      wake_.wait(lock);
    }
  }
  return false;
}

void Batcher::Shared::answer_late(Lock& lock) {
  while (const auto id = policy_.take_late(clock_->steady())) {
    auto job = jobs_.at(*id);
    job->fail(ErrorKind::kUnavailable, "the deadline passed in the queue; try again later");
    ++late_;
    const std::size_t sequences = job->work.sequences.size();
    settle(lock, std::move(job), sequences);
  }
}

void Batcher::Shared::form_batch(Lock& lock, BatchRunner& runner) {
  while (add_texts(lock, runner)) drop_gone(lock, runner);
}

bool Batcher::Shared::add_texts(Lock& lock, BatchRunner& runner) {
  const std::size_t before = runner.texts.size();
  policy_.take(&runner.texts);
  for (std::size_t i = before; i < runner.texts.size(); ++i) {
    runner.jobs.push_back(jobs_.at(runner.texts[i].work));
  }
  lock.unlock();
  runner.find_gone(before);
  lock.lock();
  return !runner.gone.empty();
}

void Batcher::Shared::drop_gone(Lock& lock, BatchRunner& runner) {
  for (auto& job : runner.gone) {
    const std::size_t sequences = runner.remove(job->id) + policy_.discard(job->id);
    if (job->fail(ErrorKind::kUnavailable, "the client hung up")) ++gone_;
    settle(lock, std::move(job), sequences);
  }
  runner.gone.clear();
}

void Batcher::Shared::run_batch(Lock& lock, std::size_t worker) {
  BatchRunner& runner = runners_[worker];
  const auto began = clock_->steady();
  policy_.began(worker, runner.tokens(), began);
  for (const auto& job : runner.jobs) job->begin(began);
  if (policy_.waiting_texts() > 0) wake_.notify_one();
  lock.unlock();
  if (observe_) observe_(runner.texts.size(), runner.tokens());
  const bool computed = runner.run();
  lock.lock();
  policy_.ended(worker, clock_->steady());
  const std::size_t tokens = runner.tokens();
  for (std::size_t i = 0; i < runner.texts.size(); ++i) {
    auto job = std::move(runner.jobs[i]);
    if (!computed) job->fail(ErrorKind::kInternal, "out of memory");
    job->finished.batch_texts = runner.texts.size();
    job->finished.batch_tokens = tokens;
    settle(lock, std::move(job), 1);
  }
  runner.texts.clear();
  runner.jobs.clear();
}

void Batcher::Shared::answer_all(Lock& lock) {
  while (const auto id = policy_.first()) {
    auto job = jobs_.at(*id);
    job->fail(ErrorKind::kUnavailable, "the server is shutting down");
    settle(lock, std::move(job), policy_.discard(*id));
  }
}

void Batcher::Shared::settle(Lock& lock, std::shared_ptr<Job> job, std::size_t sequences) {
  if (!job->settle(sequences, clock_->steady())) return;
  jobs_.erase(job->id);
  lock.unlock();
  job->answer();
  job.reset();  // what it owns, perhaps the last reference to a model, is freed without the lock
  lock.lock();
}

Batcher::State Batcher::Shared::state() const {
  const Lock lock(mutex_);
  State state;
  state.waiting_texts = policy_.waiting_texts();
  state.waiting_tokens = policy_.waiting_tokens();
  state.oldest_wait = policy_.oldest_wait(clock_->steady());
  state.tokens_per_second = policy_.throughput().tokens_per_second();
  state.busy_workers = policy_.throughput().busy();
  state.workers = runners_.size();
  state.refused = refused_;
  state.late = late_;
  state.gone = gone_;
  return state;
}

std::chrono::nanoseconds Batcher::Shared::estimated_wait() const {
  const Lock lock(mutex_);
  return policy_.estimated_wait(clock_->steady());
}

Batcher::Batcher(const Limits& limits, const base::Clock* clock)
    : shared_(std::make_unique<Shared>(limits, clock)) {}

Batcher::~Batcher() = default;

base::Status Batcher::submit(Work* work) { return shared_->submit(work); }

Batcher::State Batcher::state() const { return shared_->state(); }

std::chrono::nanoseconds Batcher::estimated_wait() const { return shared_->estimated_wait(); }

}  // namespace dss::batching
