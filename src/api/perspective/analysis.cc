#include "api/perspective/analysis.h"

#include <algorithm>
#include <utility>

#include "api/perspective/analyze_response.h"
#include "base/utf8.h"

namespace dss::api::perspective {
namespace {

constexpr std::string_view kFastModel = "simple";
constexpr std::string_view kUndetermined = "und";

bool wants(const AnalyzeRequest& request, bool fast) {
  return std::any_of(request.attributes.begin(), request.attributes.end(),
                     [fast](const WantedAttribute& one) { return one.attribute->fast == fast; });
}

// Refuses by the cards of the loaded models, if that can be known before the text is scored.
std::optional<Refusal> refused_early(const Context& context, const AnalyzeRequest& request) {
  if (request.languages.empty()) return {};
  const auto states = context.service.backend.models();
  Cards cards;
  for (const scoring::ModelState& state : states) {
    if (state.name == context.service.protocol_model) cards.usual = state.card.get();
    if (state.name == kFastModel) cards.fast = state.card.get();
  }
  if (cards.usual == nullptr) return {};
  const auto chosen =
      choose(request, cards, {request.languages, false}, context.settings.drop_unsupported);
  return chosen ? std::nullopt : std::optional(chosen.error());
}

}  // namespace

Analysis::Analysis(const Context& context, AnalyzeRequest request)
    : context_(&context), request_(std::move(request)) {
  if (request_.sentences) sentences_ = text::sentence_spans(request_.text, kMostSentences);
  if (!request_.community.empty()) {
    policy_ = policy_for_community(context.service, request_.community);
  }
  if (policy_ != nullptr) matches_ = policy::match_lists(*policy_, base::trim(request_.text));
  const std::string_view usual = context.service.protocol_model;
  if (wants(request_, false)) models_.push_back(usual);
  if (wants(request_, true) && (models_.empty() || usual != kFastModel)) {
    models_.push_back(kFastModel);
  }
}

tl::expected<Analysis, Refusal> Analysis::plan(const Context& context, AnalyzeRequest request) {
  if (auto refusal = refused_early(context, request)) return tl::unexpected(std::move(*refusal));
  return Analysis(context, std::move(request));
}

std::vector<Question> Analysis::questions() const {
  std::vector<Question> questions;
  questions.reserve(models_.size() * (1 + sentences_.size()));
  for (const std::string_view model : models_) {
    questions.push_back(
        {.text = base::trim(request_.text), .model = model, .again = model != models_.front()});
    for (const text::ByteSpan& sentence : sentences_) {
      questions.push_back({.text = sentence.of(request_.text), .model = model, .again = true});
    }
  }
  return questions;
}

const Scored& Analysis::whole(const Attribute& attribute, std::span<const Scored> scored) const {
  const bool second = attribute.fast && models_.size() > 1;
  return scored[second ? 1 + sentences_.size() : 0];
}

Cards Analysis::cards_of(std::span<const Scored> scored) const {
  Cards cards;
  for (const WantedAttribute& wanted : request_.attributes) {
    const weights::Card* card = whole(*wanted.attribute, scored).outcome->card;
    (wanted.attribute->fast ? cards.fast : cards.usual) = card;
  }
  return cards;
}

tl::expected<Languages, Refusal> Analysis::languages_of(const Scored& scored) const {
  if (!request_.languages.empty()) return Languages{request_.languages, false};
  const std::string_view detected = scored.outcome->language;
  if (detected != kUndetermined) return Languages{{std::string(detected)}, true};
  return tl::unexpected(refused(kLanguageUnknown, "Unable to detect language"));
}

http::Response Analysis::answer(std::span<const Scored> scored) const {
  for (const Scored& one : scored) {
    if (!one.outcome) return error_response(refusal_of(one.outcome.error()));
  }
  const auto languages = languages_of(scored.front());
  if (!languages) return error_response(languages.error());
  const auto chosen =
      choose(request_, cards_of(scored), *languages, context_->settings.drop_unsupported);
  if (!chosen) return error_response(chosen.error());

  AnalyzeAnswer answer{.text = request_.text,
                       .sentences = sentences_,
                       .languages = languages->tags,
                       .detected = scored.front().outcome->language,
                       .client_token = request_.client_token};
  if (answer.detected == kUndetermined) answer.detected = {};
  for (const WantedAttribute* wanted : *chosen) {
    const Scored* first = &whole(*wanted->attribute, scored);
    answer.attributes.push_back({.wanted = wanted,
                                 .scored = {first, 1 + sentences_.size()},
                                 .map_scores = context_->settings.map_scores});
  }
  if (policy_ == nullptr) return analyze_response(answer);
  const auto decision =
      decide(*policy_, matches_, *scored.front().outcome, context_->service.thresholds);
  answer.policy = policy_.get();
  answer.decision = &decision;
  return analyze_response(answer);
}

}  // namespace dss::api::perspective
