#include "api/encoder_feed.h"

#include <utility>

namespace dss::api {

void EncoderFeed::add(Text text) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::make_shared<Text>(std::move(text)));
  }
  pump();
}

void EncoderFeed::retry() {
  {
    const std::lock_guard lock(mutex_);
    full_ = false;
  }
  pump();
}

// Outcomes may come while their text is being begun: then the thread that is here goes on.
void EncoderFeed::pump() {
  std::unique_lock lock(mutex_);
  if (std::exchange(pumping_, true)) return;
  while (!waiting_.empty() && begun_ < kWindow && !full_) {
    const Handle text = waiting_.front();
    waiting_.pop_front();
    ++begun_;
    lock.unlock();
    begin(text);
    lock.lock();
  }
  pumping_ = false;
}

void EncoderFeed::begin(const Handle& text) {
  Later later{.account = calls_.account,
              .gone = [self = shared_from_this()] { return self->calls_.gone(); },
              .done =
                  [self = shared_from_this(), text](base::Result<scoring::Outcome> outcome) {
                    self->completed(text, std::move(outcome));
                  }};
  const scoring::Options options{
      .model = text->model, .explain = text->explain, .deadline = deadline_};
  if (backend_.score_later(text->text, options, &later)) return;
  completed(text, backend_.score(text->text, options));
}

void EncoderFeed::completed(const Handle& text, base::Result<scoring::Outcome> outcome) {
  const bool refused = !outcome && outcome.error().kind == base::ErrorKind::kUnavailable;
  std::deque<Handle> failed;
  {
    const std::lock_guard lock(mutex_);
    --begun_;
    if (refused) failed = take_failed(text);
    full_ = refused && failed.empty();
  }
  if (refused) {
    for (const Handle& one : failed) calls_.done(*one, outcome);
  } else {
    calls_.done(*text, std::move(outcome));
  }
  pump();
}

// What a refusal of `text` puts an end to: nothing while others of ours make room.
std::deque<EncoderFeed::Handle> EncoderFeed::take_failed(const Handle& text) {
  waiting_.push_front(text);
  if (begun_ > 0 || when_full_ == WhenFull::kWait) return {};
  return std::exchange(waiting_, {});
}

}  // namespace dss::api
