// How the encoder's work is put together.
#pragma once

#include <cstddef>

#include "metrics/registry.h"

namespace dss::metrics {

/// dss_batch_size and dss_batch_tokens. Thread-safe.
class BatchMetrics {
 public:
  explicit BatchMetrics(Registry* registry)
      : registry_(registry),
        texts_(registry->histogram("dss_batch_size")),
        tokens_(registry->histogram("dss_batch_tokens")) {}

  void computed(std::size_t texts, std::size_t tokens) const {
    Writer writer = registry_->writer();
    writer.observe(texts_, static_cast<double>(texts));
    writer.observe(tokens_, static_cast<double>(tokens));
  }

 private:
  Registry* registry_;
  Histogram texts_;
  Histogram tokens_;
};

}  // namespace dss::metrics
