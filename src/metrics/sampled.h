// The exemplar of a request, if its trace is sampled.
#pragma once

#include <optional>

#include "base/clock.h"
#include "metrics/exemplar.h"
#include "trace/context.h"

namespace dss::metrics {

class SampledTrace {
 public:
  /// `context` may be null. The clock is read only for a sampled trace.
  SampledTrace(const trace::Context* context, const base::Clock& clock) {
    if (context == nullptr || !context->sampled) [[likely]] {
      return;
    }
    exemplar_.emplace();
    exemplar_->trace_id = context->trace_id;
    exemplar_->timestamp_seconds =
        std::chrono::duration<double>(clock.system().time_since_epoch()).count();
  }
  /// Null if there is nothing to link to. Its value is filled in by Writer::observe.
  [[nodiscard]] const Exemplar* exemplar() const { return exemplar_ ? &*exemplar_ : nullptr; }

 private:
  std::optional<Exemplar> exemplar_;
};

}  // namespace dss::metrics
