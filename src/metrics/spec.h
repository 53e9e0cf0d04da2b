// What a metric family is: the constant part, as the catalogue lists it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace dss::metrics {

enum class Type : std::uint8_t { kCounter, kGauge, kHistogram, kSummary };

/// `counter`, `gauge`, `histogram`, `summary`.
[[nodiscard]] std::string_view type_name(Type type);

/// One family. All views are literals or outlive the registry.
struct Spec {
  std::string_view name;  ///< as in text format 0.0.4: a counter ends in `_total`
  Type type = Type::kCounter;
  std::string_view labels;  ///< names joined by commas, in alphabetical order, without `le`
  std::string_view help;
  std::span<const double> bounds{};  ///< histograms: increasing and finite; `+Inf` is understood
  bool exemplars = false;            ///< histograms: keeps the latest sampled trace per bucket
};

}  // namespace dss::metrics
