#include "auth/key_ring.h"

#include <utility>

namespace dss::auth {

base::Result<std::unique_ptr<KeyRing>> KeyRing::open(Config config) {
  std::unique_ptr<KeyRing> ring(new KeyRing(std::move(config)));
  if (const base::Status read = ring->reload(); !read) return base::fail(read.error());
  ring->thread_ = std::thread([raw = ring.get()] { raw->run(); });
  return ring;
}

KeyRing::~KeyRing() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  ending_changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void KeyRing::run() {
  std::unique_lock lock(mutex_);
  while (!ending_changed_.wait_for(lock, config_.every, [this] { return ending_; })) {
    lock.unlock();
    static_cast<void>(reload());  // `observe` has been told
    lock.lock();
  }
}

base::Status KeyRing::reload() {
  const std::lock_guard reading(reading_);
  auto keys = config_.read();
  base::Status done;
  std::size_t usable = 0;
  if (keys) {
    auto fresh = std::make_shared<const KeySet>(*keys);
    usable = fresh->usable(config_.clock->system());
    const std::lock_guard lock(mutex_);
    keys_ = std::move(fresh);
  } else {
    done = base::fail(keys.error());
  }
  const bool changed = std::exchange(failing_, !done) != !done || !std::exchange(reported_, true);
  if (changed && config_.observe) config_.observe(done, usable);
  return done;
}

std::optional<Principal> KeyRing::find(std::string_view secret) const {
  std::shared_ptr<const KeySet> keys;
  {
    const std::lock_guard lock(mutex_);
    keys = keys_;
  }
  return keys->find(secret, config_.clock->system());
}

}  // namespace dss::auth
