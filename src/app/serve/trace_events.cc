#include "app/serve/trace_events.h"

#include <cstring>
#include <iterator>
#include <utility>

#include "app/serve/analysis_events.h"
#include "app/serve/request_spans.h"

namespace dss::app {
namespace {

constexpr std::int64_t kTextsTold = 8;
// Rows of a stream may be done when its client has gone and the request is finished; what they
// leave behind is thrown away when there is no more room.
constexpr std::size_t kMostOpen = 1024;
constexpr std::chrono::minutes kForgottenAfter{5};

std::uint64_t key_of(const trace::Context& context) {
  std::uint64_t key = 0;
  std::memcpy(&key, context.span_id.data(), sizeof key);
  return key;
}

}  // namespace

TraceEvents::TraceEvents(std::function<void(otlp::Spans)> offer, std::string_view scheme,
                         const base::Clock* clock)
    : offer_(std::move(offer)), scheme_(scheme), clock_(clock) {}

TraceEvents::Gathered* TraceEvents::place_for(std::uint64_t key) {
  const base::SteadyTime now = clock_->steady();
  if (open_.size() >= kMostOpen && !open_.contains(key)) {
    std::erase_if(open_, [&](const auto& one) { return now - one.second.begun > kForgottenAfter; });
    if (open_.size() >= kMostOpen) return nullptr;
  }
  const auto [place, is_new] = open_.try_emplace(key);
  if (is_new) place->second.begun = now;
  return &place->second;
}

void TraceEvents::analysed(const api::Analysis& analysis) {
  const trace::Context& request = analysis.request.trace;
  if (!request.sampled) return;
  const base::SystemTime end = clock_->system();
  const std::lock_guard lock(mutex_);
  Gathered* gathered = place_for(key_of(request));
  if (gathered == nullptr) return;
  if (gathered->texts == 0) gathered->model = model_label(analysis.model);
  const std::int64_t place = gathered->texts++;
  if (place >= kTextsTold) return;
  append_stage_spans(request,
                     {.model = model_label(analysis.model),
                      .seconds = stages_of(analysis),
                      .tokens = static_cast<std::int64_t>(analysis.outcome.tokens),
                      .place = place},
                     end, &gathered->stages);
}

TraceEvents::Gathered TraceEvents::take(std::uint64_t key) {
  const std::lock_guard lock(mutex_);
  auto node = open_.extract(key);
  return node.empty() ? Gathered() : std::move(node.mapped());
}

void TraceEvents::finished(const http::Observation& observation, std::string_view route) {
  if (!observation.trace->sampled) return;
  Gathered gathered = take(key_of(*observation.trace));
  otlp::Spans spans;
  spans.reserve(1 + gathered.stages.size());
  spans.push_back(server_span(observation, route, scheme_, clock_->system()));
  if (gathered.texts > 0) {
    spans[0].attributes.push_back({"dss.texts", gathered.texts});
    spans[0].attributes.push_back({"dss.model", std::string(gathered.model)});
  }
  std::move(gathered.stages.begin(), gathered.stages.end(), std::back_inserter(spans));
  offer_(std::move(spans));
}

}  // namespace dss::app
