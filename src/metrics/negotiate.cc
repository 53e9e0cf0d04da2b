#include "metrics/negotiate.h"

#include <optional>

#include "base/accept.h"

namespace dss::metrics {

Format choose_format(std::string_view accept) {
  base::AcceptWish text;
  base::AcceptWish open_metrics;
  while (!accept.empty()) {
    const base::AcceptRange range = base::take_accept_range(&accept);
    base::consider(range, base::media_specificity(range, "text", "plain", "0.0.4"), &text);
    base::consider(range,
                   base::media_specificity(range, "application", "openmetrics-text", "1.0.0"),
                   &open_metrics);
  }
  if (open_metrics.q == 0 || open_metrics.q < text.q) return Format::kText004;
  if (open_metrics.q > text.q) return Format::kOpenMetrics100;
  // Wanted alike: OpenMetrics, which says more, if it was asked for by name.
  return open_metrics.specificity >= 3 ? Format::kOpenMetrics100 : Format::kText004;
}

bool accepts_gzip(std::string_view accept_encoding) {
  std::optional<double> gzip;
  std::optional<double> identity;
  std::optional<double> any;
  while (!accept_encoding.empty()) {
    const base::AcceptRange range = base::take_accept_range(&accept_encoding);
    if (base::same_name(range.name, "gzip") || base::same_name(range.name, "x-gzip"))
      gzip = range.q;
    if (base::same_name(range.name, "identity")) identity = range.q;
    if (range.name == "*") any = range.q;
  }
  const double wanted = gzip.value_or(any.value_or(0));
  return wanted > 0 && wanted >= identity.value_or(0);
}

}  // namespace dss::metrics
