// A handle of a series that is made when first needed.
#pragma once

#include <atomic>
#include <mutex>

namespace dss::metrics {

/// Thread-safe. Only the first call takes a lock.
template <typename Handle>
class Lazy {
 public:
  template <typename Make>
  const Handle& get(Make make) {
    if (!ready_.load(std::memory_order_acquire)) [[unlikely]] {
      const std::lock_guard lock(mutex_);
      if (!ready_.load(std::memory_order_relaxed)) {
        handle_ = make();
        ready_.store(true, std::memory_order_release);
      }
    }
    return handle_;
  }

 private:
  std::atomic<bool> ready_{false};
  std::mutex mutex_;
  Handle handle_{};
};

}  // namespace dss::metrics
