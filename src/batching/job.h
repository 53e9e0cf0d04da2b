// Admitted work on its way to its answer.
#pragma once

#include <cstddef>
#include <optional>

#include "base/clock.h"
#include "base/result.h"
#include "batching/policy.h"
#include "batching/work.h"

namespace dss::batching {

/// Workers that hold some of its sequences write disjoint parts of finished.logits without a lock;
/// everything else is guarded by the batcher's mutex until the job is settled.
struct Job {
  /// Throws std::bad_alloc.
  explicit Job(const Work& work);

  [[nodiscard]] std::size_t labels() const {
    return finished.logits.size() / work.sequences.size();
  }
  /// Whether the client is gone.
  [[nodiscard]] bool gone() const noexcept;
  /// `message` must be a literal. Only the first failure counts; returns whether this was it.
  bool fail(base::ErrorKind kind, const char* message) noexcept;
  void begin(base::SteadyTime now) noexcept;
  /// `sequences` of them need nothing more. Returns whether those were the last.
  [[nodiscard]] bool settle(std::size_t sequences, base::SteadyTime now) noexcept;
  /// Calls `done`. REQUIRES: settled; called once.
  void answer() noexcept;

  Work work;
  Finished finished;
  WorkId id = 0;
  base::SteadyTime submitted;

 private:
  [[nodiscard]] base::Error error() const noexcept;

  std::size_t outstanding_;
  std::optional<base::SteadyTime> begun_;
  base::ErrorKind kind_ = base::ErrorKind::kInternal;
  const char* failure_ = nullptr;
};

}  // namespace dss::batching
