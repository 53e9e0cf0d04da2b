// The policies in force, which a reload replaces while requests are under way.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

#include "policy/policy_set.h"

namespace dss::app {

/// Thread-safe. A text is judged from its beginning to its end by the set that was in place when it
/// began.
class PolicySlot {
 public:
  using Pointer = std::shared_ptr<const policy::PolicySet>;
  [[nodiscard]] Pointer get() const {
    const std::lock_guard lock(mutex_);
    return set_;
  }
  void set(Pointer set) {
    const std::lock_guard lock(mutex_);
    set_.swap(set);
  }

 private:
  mutable std::mutex mutex_;  ///< held for the copy of a pointer
  Pointer set_;
};

}  // namespace dss::app
