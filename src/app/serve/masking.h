// Personal data is taken out of texts between the protocols and what they hand texts to.
#pragma once

#include "api/backend.h"
#include "api/feedback.h"
#include "metrics/personal_metrics.h"
#include "personal/entity.h"

namespace dss::app {

/// Counts what was found. Thread-safe.
void count_found(const personal::Entities& found, const metrics::PersonalMetrics& metrics);

/// `backend` asked about texts with spaces where personal data stood, one for each code point, so
/// that offsets in explanations stay those of the submitted text. `metrics` outlives the result.
[[nodiscard]] api::Backend masked_backend(const api::Backend& backend,
                                          const metrics::PersonalMetrics* metrics);

/// `sink` given texts with placeholders (`[EMAIL]`) where personal data stood: neither the text nor
/// its hash tells what was there.
[[nodiscard]] api::FeedbackSink masked_feedback(api::FeedbackSink sink,
                                                const metrics::PersonalMetrics* metrics);

}  // namespace dss::app
