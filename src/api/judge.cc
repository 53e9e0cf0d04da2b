#include "api/judge.h"

#include <utility>

#include "api/observer.h"

namespace dss::api {
namespace {

// That answers where an encoder has no room and the operator allows it.
constexpr std::string_view kDegradedModel = "simple";

Refusal refusal_of(const base::Error& error) {
  switch (error.kind) {
    case base::ErrorKind::kInvalidArgument:
    case base::ErrorKind::kUnsupportedLanguage:
    case base::ErrorKind::kTooLarge:
      return Refusal::kValidation;
    case base::ErrorKind::kUnavailable:
      return Refusal::kBusy;
    case base::ErrorKind::kModelMissing:
    case base::ErrorKind::kUnknownModel:
    case base::ErrorKind::kCorrupt:
      return Refusal::kModel;
    default:
      return Refusal::kServer;
  }
}

void tell_refused(const Service& service, const Asker& asker, const Scored& scored) {
  const Refusal refusal = refusal_of(scored.outcome.error());
  service.stats->refused(refusal);
  if (service.observer == nullptr) return;
  service.observer->refused(scored.model, refusal, asker.request);
}

void tell_scored(const Service& service, const Asker& asker, const Scored& scored) {
  service.stats->scored(scored.verdict);
  if (service.observer == nullptr) return;
  const base::SteadyTime done = service.clock->steady();
  service.observer->analysed({.model = scored.model,
                              .outcome = *scored.outcome,
                              .verdict = scored.verdict,
                              .parse_seconds = base::seconds_between(asker.begun, asker.parsed),
                              .processing_seconds = base::seconds_between(asker.begun, done),
                              .request = asker.request});
}

}  // namespace

Scored judge(const Service& service, const Asker& asker, std::string_view model,
             base::Result<scoring::Outcome> outcome) {
  Scored scored = judge_untold(model, std::move(outcome));
  scored.outcome ? tell_scored(service, asker, scored) : tell_refused(service, asker, scored);
  return scored;
}

Scored judge_untold(std::string_view model, base::Result<scoring::Outcome> outcome) {
  Scored scored{.model = model, .outcome = std::move(outcome), .verdict = {}};
  if (scored.outcome) {
    if (scored.outcome->degraded) scored.model = kDegradedModel;
    if (const auto verdict = verdict_of(*scored.outcome)) {
      scored.verdict = *verdict;
    } else {
      scored.outcome =
          base::fail(base::ErrorKind::kCorrupt, "the model's answer is not a probability");
    }
  }
  return scored;
}

}  // namespace dss::api
