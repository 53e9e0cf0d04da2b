#include "http/stream_port.h"

#include <utility>

namespace dss::http {

void StreamPort::write(std::string_view bytes) {
  {
    const std::lock_guard lock(mutex_);
    written_ += bytes;
  }
  wake();
}

void StreamPort::finish() {
  {
    const std::lock_guard lock(mutex_);
    finished_ = true;
  }
  wake();
}

void StreamPort::wake() {
  asked_.store(true);
  if (woken_.exchange(true)) return;
  box_->run([self = shared_from_this()] {
    if (self->sink_ != nullptr) self->sink_->stream_ready();
  });
}

std::string StreamPort::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(written_, {});
}

bool StreamPort::is_complete() const {
  const std::lock_guard lock(mutex_);
  return finished_ && written_.empty();
}

std::size_t StreamPort::waiting() const {
  const std::lock_guard lock(mutex_);
  return written_.size();
}

bool StreamPort::allow_wakes() {
  woken_.store(false);
  return asked_.exchange(false);
}

void StreamPort::abandon() {
  gone_.store(true);
  sink_ = nullptr;
}

}  // namespace dss::http
