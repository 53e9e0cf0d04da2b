#include "otlp/exporter.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace dss::otlp {
namespace {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

constexpr int kOk = 200;
constexpr milliseconds kLeastPatience{10};

/// The specification's list; all other codes are final.
bool is_retryable(int status) {
  return status == 429 || status == 502 || status == 503 || status == 504;
}

}  // namespace

Exporter::Exporter(Config config)
    : config_(std::move(config)),
      poster_(config_.endpoint),
      rng_(static_cast<std::uint64_t>(Steady::now().time_since_epoch().count())),
      pause_(config_.first_pause),
      thread_([this] { run(); }) {}

Exporter::~Exporter() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    deadline_ = Steady::now() + config_.farewell;
  }
  wake_.notify_all();
  thread_.join();
}

bool Exporter::offer(Spans spans) {
  const std::size_t count = spans.size();
  {
    const std::lock_guard lock(mutex_);
    if (spans_ + count <= config_.queue_spans) {
      const bool batch_was_full = spans_ >= config_.batch_spans;
      queue_.push_back(std::move(spans));
      spans_ += count;
      if (!batch_was_full && spans_ >= config_.batch_spans) wake_.notify_one();
      return true;
    }
  }
  observe(Fate::kDropped, count);
  return false;
}

std::size_t Exporter::queued() const {
  const std::lock_guard lock(mutex_);
  return spans_;
}

void Exporter::observe(Fate fate, std::size_t spans) const {
  if (config_.observe && spans > 0) config_.observe(fate, spans);
}

void Exporter::run() {
  while (wait_for_batch()) deliver(next_batch());
  drop_rest();
}

/// Whether there is a batch to send; if not, the program ends.
bool Exporter::wait_for_batch() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait_for(lock, config_.linger,
                   [this] { return ending_ || spans_ >= config_.batch_spans; });
    if (ending_) return !queue_.empty() && Steady::now() < deadline_;
    if (!queue_.empty()) return true;
  }
}

Spans Exporter::next_batch() {
  const std::lock_guard lock(mutex_);
  Spans batch = std::move(queue_.front());
  queue_.pop_front();
  while (!queue_.empty() && batch.size() + queue_.front().size() <= config_.batch_spans) {
    std::ranges::move(queue_.front(), std::back_inserter(batch));
    queue_.pop_front();
  }
  spans_ -= batch.size();
  return batch;
}

/// Sends a batch until it is taken, refused for good, or the program has no time left.
void Exporter::deliver(const Spans& batch) {
  const std::string request = export_request(config_.sender, batch);
  while (true) {
    const Attempt done = attempt(request, batch.size());
    report(done.cause);
    if (!done.again) break;
    if (wait_before_retry(done)) continue;
    observe(Fate::kDropped, batch.size());
    break;
  }
  pause_ = config_.first_pause;
}

/// For one answer: at the end no more than what is left of the farewell.
milliseconds Exporter::patience() const {
  const std::lock_guard lock(mutex_);
  if (!ending_) return config_.patience;
  const auto left = std::chrono::duration_cast<milliseconds>(deadline_ - Steady::now());
  return std::clamp(left, kLeastPatience, config_.patience);
}

Exporter::Attempt Exporter::attempt(const std::string& request, std::size_t spans) {
  const auto answer = poster_.post("application/json", request, patience());
  if (!answer) return {.again = true, .pause = {}, .cause = answer.error().message};
  const std::string cause = "the collector answers with status " + std::to_string(answer->status);
  if (is_retryable(answer->status)) {
    return {.again = true, .pause = answer->retry_after, .cause = cause};
  }
  if (answer->status != kOk) {
    observe(Fate::kFailed, spans);
    return {.again = false, .pause = {}, .cause = cause};
  }
  const std::size_t refused = std::min<std::size_t>(rejected_spans(answer->body), spans);
  observe(Fate::kFailed, refused);
  observe(Fate::kSent, spans - refused);
  return {};
}

bool Exporter::wait_before_retry(const Attempt& failed) {
  // By chance, so that many servers do not come back at the same moment.
  const auto jittered = milliseconds(
      static_cast<std::int64_t>(static_cast<double>(pause_.count()) * (0.5 + rng_.uniform() / 2)));
  const milliseconds pause = std::min(failed.pause.value_or(jittered), config_.longest_pause);
  pause_ = std::min(pause_ * 2, config_.longest_pause);
  std::unique_lock lock(mutex_);
  const Steady::time_point until = Steady::now() + pause;
  wake_.wait_until(lock, until, [this] { return ending_; });
  if (ending_) wake_.wait_until(lock, std::min(until, deadline_), [] { return false; });
  return !ending_ || Steady::now() < deadline_;
}

void Exporter::report(const std::string& cause) {
  const bool failed = !cause.empty();
  if (config_.logger != nullptr && failed && !failing_) {
    config_.logger->warn("spans cannot be exported; scoring goes on without it",
                         {{"cause", std::string_view(cause)}});
  } else if (config_.logger != nullptr && !failed && failing_) {
    config_.logger->info("spans are exported again");
  }
  failing_ = failed;
}

void Exporter::drop_rest() {
  std::size_t rest = 0;
  {
    const std::lock_guard lock(mutex_);
    rest = std::exchange(spans_, 0);
    queue_.clear();
  }
  observe(Fate::kDropped, rest);
}

}  // namespace dss::otlp
