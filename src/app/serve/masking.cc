#include "app/serve/masking.h"

#include <string>
#include <utility>
#include <vector>

#include "personal/detect.h"
#include "personal/rewrite.h"

namespace dss::app {
namespace {

static_assert(metrics::PersonalMetrics::kKinds == personal::kKindNames);

personal::Entities found_in(std::string_view text, const metrics::PersonalMetrics& metrics) {
  personal::Entities found = personal::detect(text);
  count_found(found, metrics);
  return found;
}

}  // namespace

void count_found(const personal::Entities& found, const metrics::PersonalMetrics& metrics) {
  for (const personal::Entity& entity : found) {
    metrics.found(static_cast<std::size_t>(entity.kind));
  }
}

api::Backend masked_backend(const api::Backend& backend, const metrics::PersonalMetrics* metrics) {
  const auto mask = [metrics](std::string_view text) {
    return personal::blanked(text, found_in(text, *metrics));
  };
  api::Backend masked = backend;
  masked.score = [mask, inner = backend.score](std::string_view text,
                                               const scoring::Options& options) {
    return inner(mask(text), options);
  };
  if (backend.score_all) {
    masked.score_all = [mask, inner = backend.score_all](std::span<const std::string_view> texts,
                                                         const scoring::Options& options) {
      std::vector<std::string> copies;
      copies.reserve(texts.size());
      for (const std::string_view text : texts) copies.push_back(mask(text));
      return inner(std::vector<std::string_view>(copies.begin(), copies.end()), options);
    };
  }
  if (backend.score_later) {
    masked.score_later = [mask, inner = backend.score_later](
                             std::string_view text, const scoring::Options& options,
                             api::Later* later) { return inner(mask(text), options, later); };
  }
  return masked;
}

api::FeedbackSink masked_feedback(api::FeedbackSink sink, const metrics::PersonalMetrics* metrics) {
  return [sink = std::move(sink), metrics](const api::Feedback& feedback) {
    if (feedback.do_not_store) return sink(feedback);
    const std::string text = personal::rewritten(feedback.text, found_in(feedback.text, *metrics),
                                                 personal::Strategy::kMask, nullptr);
    api::Feedback masked = feedback;
    masked.text = text;
    return sink(masked);
  };
}

}  // namespace dss::app
