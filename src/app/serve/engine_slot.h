// The engine that scores now, which a reload replaces while requests are under way.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

#include "api/backend.h"
#include "scoring/engine.h"

namespace dss::app {

/// Thread-safe. A text is scored from its beginning to its end by the engine that was in place when
/// it began; an engine ends with the last text, and the last outcome, that it scored.
class EngineSlot {
 public:
  [[nodiscard]] std::shared_ptr<const scoring::Engine> get() const {
    const std::lock_guard lock(mutex_);
    return engine_;
  }
  void set(std::shared_ptr<const scoring::Engine> engine) {
    const std::lock_guard lock(mutex_);
    engine_.swap(engine);
  }

  /// The calls of the engine in place, which must outlive them. REQUIRES: set() before any call.
  [[nodiscard]] api::Backend backend() const {
    return {
        .score = [this](std::string_view text,
                        const scoring::Options& options) { return get()->score(text, options); },
        .models = [this] { return get()->models(); }};
  }

 private:
  mutable std::mutex mutex_;  ///< held for the copy of a pointer
  std::shared_ptr<const scoring::Engine> engine_;
};

}  // namespace dss::app
