#include "batching/job.h"

#include <utility>

namespace dss::batching {

Job::Job(const Work& given) : outstanding_(given.sequences.size()) {
  finished.logits.resize(given.sequences.size() * given.encoder->config().labels.size());
}

bool Job::gone() const noexcept {
  try {
    return work.gone && work.gone();
  } catch (...) {
    return false;
  }
}

bool Job::fail(base::ErrorKind kind, const char* message) noexcept {
  if (failure_ != nullptr) return false;
  kind_ = kind;
  failure_ = message;
  return true;
}

void Job::begin(base::SteadyTime now) noexcept {
  if (!begun_) begun_ = now;
}

bool Job::settle(std::size_t sequences, base::SteadyTime now) noexcept {
  outstanding_ -= sequences;
  if (outstanding_ > 0) return false;
  const base::SteadyTime begun = begun_.value_or(now);
  finished.queued = begun - submitted;
  finished.inferred = now - begun;
  return true;
}

base::Error Job::error() const noexcept {
  try {
    return {kind_, failure_};
  } catch (...) {  // no memory for the message
    return {kind_, {}};
  }
}

void Job::answer() noexcept {
  auto done = std::move(work.done);
  try {
    if (failure_ != nullptr) {
      done(base::fail(error()));
    } else {
      done(std::move(finished));
    }
  } catch (...) {  // NOLINT(bugprone-empty-catch): the answer has been given, the worker must go on
  }
}

}  // namespace dss::batching
