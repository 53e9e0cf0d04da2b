// Personal data that was found.
#pragma once

#include <array>
#include <cstddef>

#include "metrics/registry.h"

namespace dss::metrics {

/// dss_personal_entities_total, by the kinds of personal data. All series stand from the start.
/// Thread-safe.
class PersonalMetrics {
 public:
  static constexpr std::array<std::string_view, 10> kKinds = {
      "email", "phone", "iban", "card", "nir", "ssn", "ip", "url", "address", "person"};

  explicit PersonalMetrics(Registry* registry) : registry_(registry) {
    for (std::size_t i = 0; i < kKinds.size(); ++i) {
      kinds_[i] = registry->counter("dss_personal_entities_total", {kKinds[i]});
    }
  }

  /// REQUIRES: `kind` is an index of kKinds.
  void found(std::size_t kind) const { registry_->writer().add(kinds_[kind], 1); }

 private:
  Registry* registry_;
  std::array<Counter, kKinds.size()> kinds_;
};

}  // namespace dss::metrics
