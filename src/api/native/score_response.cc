#include "api/native/score_response.h"

#include <algorithm>

#include "api/policy_answer.h"

namespace dss::api::native {
namespace {

// Enough for an answer without explanation, so that the string never grows.
constexpr std::size_t kUsualBytes = 768;
constexpr std::size_t kBytesPerWord = 64;

std::size_t label_count(const scoring::Outcome& outcome) {
  return std::min(outcome.card->labels.size(), outcome.scores.count);
}

void write_flagged(const scoring::Outcome& outcome, const ScoreAnswer& answer,
                   json::Writer* writer) {
  static const policy::Thresholds kNone;
  const auto& operators = answer.thresholds != nullptr ? *answer.thresholds : kNone;
  const auto& community = answer.policy != nullptr ? answer.policy->thresholds : kNone;
  writer->key("flagged").begin_array();
  for (std::size_t i = 0; i < label_count(outcome); ++i) {
    const weights::Label& label = outcome.card->labels[i];
    const policy::LabelScore score{.name = label.name,
                                   .probability = outcome.scores.probability[i],
                                   .card_threshold = label.threshold};
    const float threshold = policy::threshold_of(score, operators, community);
    if (score.probability >= threshold) writer->string(label.name);
  }
  writer->end_array();
}

void write_explanation(const scoring::Explanation& explanation, std::size_t shift,
                       json::Writer* writer) {
  writer->key("explanation").begin_object();
  writer->key("logit").number(explanation.logit);
  writer->key("bias").number(explanation.bias);
  writer->key("words").begin_array();
  for (const scoring::WordContribution& word : explanation.words) {
    writer->begin_object();
    writer->key("begin").unsigned_integer(word.begin + shift);
    writer->key("end").unsigned_integer(word.end + shift);
    writer->key("contribution").number(word.contribution);
    writer->end_object();
  }
  writer->end_array().end_object();
}

}  // namespace

void write_verdict(const scoring::Outcome& outcome, const Verdict& verdict, json::Writer* writer) {
  writer->key("score").integer(verdict.score);
  writer->key("toxicity_level").string(level_name(verdict.level));
  writer->key("confidence").number(verdict.confidence);
  writer->key("categories").begin_object();
  for (std::size_t i = 0; i < label_count(outcome); ++i) {
    writer->key(outcome.card->labels[i].name).number(outcome.scores.probability[i]);
  }
  writer->end_object();
}

void write_blocklists(const std::vector<blocklist::Match>& matches, std::size_t shift,
                      json::Writer* writer) {
  writer->key("blocklists").begin_array();
  for (const blocklist::Match& match : matches) {
    writer->begin_object();
    writer->key("list").string(match.list);
    writer->key("item").string(match.item->id);
    writer->key("begin").unsigned_integer(match.begin + shift);
    writer->key("end").unsigned_integer(match.end + shift);
    writer->end_object();
  }
  writer->end_array();
}

std::string row_members(const scoring::Outcome& outcome, const Verdict& verdict,
                        std::string_view model) {
  std::string object;
  json::Writer writer(&object);
  writer.begin_object();
  write_verdict(outcome, verdict, &writer);
  writer.key("model_used").string(model);
  writer.key("model_version").string(outcome.card->version).end_object();
  return object.substr(1, object.size() - 2);
}

std::vector<std::string> row_member_names() {
  return {"score", "toxicity_level", "confidence", "categories", "model_used", "model_version"};
}

std::string write_score_response(const scoring::Outcome& outcome, const ScoreAnswer& answer) {
  std::string body;
  const std::size_t words = outcome.explanation ? outcome.explanation->words.size() : 0;
  body.reserve(kUsualBytes + words * kBytesPerWord);
  json::Writer writer(&body);
  writer.begin_object();
  write_verdict(outcome, answer.verdict, &writer);
  writer.key("model_used").string(answer.model);
  writer.key("processing_time_ms")
      .number(std::chrono::duration<double, std::milli>(answer.processing).count());
  writer.key("timestamp").string(base::iso8601(answer.timestamp));
  writer.key("model_version").string(outcome.card->version);
  if (!outcome.stamp.empty()) writer.key("stamp").string(outcome.stamp);
  writer.key("language").string(outcome.language);
  writer.key("language_supported").boolean(outcome.language_supported);
  write_flagged(outcome, answer, &writer);
  writer.key("uncertain").boolean(outcome.uncertain);
  if (outcome.deobfuscated) writer.key("deobfuscated").boolean(true);
  if (outcome.degraded) writer.key("degraded").boolean(true);
  if (outcome.truncated) writer.key("truncated").boolean(true);
  if (answer.blocklists != nullptr) {
    write_blocklists(*answer.blocklists, answer.trimmed_in_front, &writer);
  }
  if (outcome.explanation) {
    write_explanation(*outcome.explanation, answer.trimmed_in_front, &writer);
  }
  if (answer.decision != nullptr) write_policy(*answer.policy, *answer.decision, &writer);
  writer.end_object();
  return body;
}

}  // namespace dss::api::native
