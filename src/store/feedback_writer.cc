#include "store/feedback_writer.h"

#include <algorithm>
#include <utility>

namespace dss::store {
namespace {

constexpr std::size_t kBatch = 256;
constexpr std::chrono::seconds kLookAtTheClock{1};
constexpr std::chrono::hours kBetweenExpiries{1};

std::size_t size_of(const Entry& entry) {
  std::size_t bytes = sizeof(Entry) + entry.comment_id.size() + entry.community_id.size() +
                      (entry.text ? entry.text->size() : 0);
  for (const auto* ratings : {&entry.labels, &entry.scores}) {
    for (const Rating& rating : *ratings) bytes += sizeof(Rating) + rating.name.size();
  }
  return bytes;
}

/// Whether the entries themselves are at fault: no later attempt will help.
bool is_final(const base::Error& error) {
  return error.kind == base::ErrorKind::kInternal ||
         error.kind == base::ErrorKind::kInvalidArgument;
}

}  // namespace

FeedbackWriter::FeedbackWriter(Config config)
    : config_(std::move(config)), pause_(config_.first_pause), thread_([this] { run(); }) {}

FeedbackWriter::~FeedbackWriter() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

bool FeedbackWriter::offer(Entry entry) {
  const std::size_t bytes = size_of(entry);
  {
    const std::lock_guard lock(mutex_);
    if (bytes_ + bytes <= config_.queue_bytes) {
      queue_.push_back(std::move(entry));
      bytes_ += bytes;
      wake_.notify_one();
      return true;
    }
  }
  observe(Kept::kDropped, 1);
  return false;
}

std::size_t FeedbackWriter::queued() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

void FeedbackWriter::observe(Kept kept, std::size_t count) const {
  if (config_.observe && count > 0) config_.observe(kept, count);
}

void FeedbackWriter::run() {
  bool more = true;
  while (more) {
    const base::Status done = attempt();
    report(done);
    more = done ? wait_for_work() : wait_before_retry();
  }
  report(attempt());
  drop_rest();
}

bool FeedbackWriter::wait_for_work() {
  pause_ = config_.first_pause;
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, kLookAtTheClock, [this] { return ending_ || !queue_.empty(); });
  return !ending_;
}

bool FeedbackWriter::wait_before_retry() {
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, pause_, [this] { return ending_; });
  pause_ = std::min(pause_ * 2, config_.longest_pause);
  return !ending_;
}

base::Status FeedbackWriter::open_once() {
  if (feedback_ != nullptr) return {};
  auto opened = config_.open();
  if (!opened) return base::fail(opened.error());
  feedback_ = std::move(*opened);
  return {};
}

base::Status FeedbackWriter::attempt() {
  base::Status done = open_once();
  if (done) done = write_queued();
  if (done) done = expire_if_due();
  if (!done) feedback_.reset();
  return done;
}

FeedbackWriter::Batch FeedbackWriter::next_batch() {
  const std::lock_guard lock(mutex_);
  const auto count = static_cast<std::ptrdiff_t>(std::min(queue_.size(), kBatch));
  return {queue_.begin(), queue_.begin() + count};
}

void FeedbackWriter::take_off(std::size_t count) {
  const std::lock_guard lock(mutex_);
  for (; count > 0; --count) {
    bytes_ -= size_of(queue_.front());
    queue_.pop_front();
  }
}

// What is being written stays in the queue until the database has it.
base::Status FeedbackWriter::write_queued() {
  for (Batch batch = next_batch(); !batch.empty(); batch = next_batch()) {
    const base::Status added = feedback_->add(batch);
    if (!added && !is_final(added.error())) return added;
    take_off(batch.size());
    observe(added ? Kept::kKept : Kept::kFailed, batch.size());
    if (!added) return added;
  }
  return {};
}

base::Status FeedbackWriter::expire_if_due() {
  const base::SystemTime now = config_.clock->system();
  if (expired_at_ && now - *expired_at_ < kBetweenExpiries) return {};
  const auto entries_from = config_.entries_kept ? now - *config_.entries_kept : base::SystemTime();
  const auto expired =
      feedback_->expire({.texts = now - config_.texts_kept, .entries = entries_from});
  if (!expired) return base::fail(expired.error());
  expired_at_ = now;
  if (config_.logger != nullptr && expired->texts + expired->entries > 0) {
    config_.logger->info("old feedback erased",
                         {{"texts", static_cast<std::int64_t>(expired->texts)},
                          {"entries", static_cast<std::int64_t>(expired->entries)}});
  }
  return {};
}

void FeedbackWriter::report(const base::Status& done) {
  const bool failed = !done;
  if (config_.logger != nullptr && failed && !failing_) {
    config_.logger->error("the feedback database does not answer; scoring goes on without it",
                          {{"cause", std::string_view(done.error().message)}});
  } else if (config_.logger != nullptr && !failed && failing_) {
    config_.logger->info("the feedback database answers again");
  }
  failing_ = failed;
}

void FeedbackWriter::drop_rest() {
  const std::size_t rest = queued();
  take_off(rest);
  observe(Kept::kDropped, rest);
}

}  // namespace dss::store
