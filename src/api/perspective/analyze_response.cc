#include "api/perspective/analyze_response.h"

#include <optional>

#include "api/perspective/choice.h"
#include "api/perspective/media.h"
#include "api/perspective/scale.h"
#include "api/policy_answer.h"
#include "base/utf16.h"
#include "json/writer.h"

namespace dss::api::perspective {
namespace {

constexpr std::size_t kUsualBytes = 256;
constexpr std::size_t kBytesPerSpan = 96;

/// In UTF-16 code units.
struct Span {
  std::size_t begin;
  std::size_t end;
};

std::vector<Span> spans_of(const AnalyzeAnswer& answer) {
  if (answer.sentences.empty()) return {{0, base::count_utf16(answer.text)}};
  std::vector<Span> spans;
  base::Utf16Counter counter(answer.text);
  for (const text::ByteSpan& sentence : answer.sentences) {
    const std::size_t begin = counter.at(sentence.begin);
    spans.push_back({begin, counter.at(sentence.end)});
  }
  return spans;
}

// Nothing where another model, without that label, answered for want of room.
std::optional<float> score_of(const AnsweredAttribute& answered, std::size_t part) {
  const scoring::Outcome& outcome = *answered.scored[part].outcome;
  const Attribute& attribute = *answered.wanted->attribute;
  const auto label = label_for(attribute, *outcome.card);
  if (!label) return std::nullopt;
  const float p = outcome.scores.probability[*label];
  return answered.map_scores ? on_scale(*outcome.card, attribute.scale, p) : p;
}

void write_score(float value, json::Writer* writer) {
  writer->begin_object();
  writer->key("value").number(value).key("type").string("PROBABILITY");
  writer->end_object();
}

void write_attribute(const AnsweredAttribute& attribute, std::span<const Span> spans, float summary,
                     json::Writer* writer) {
  writer->key(attribute.wanted->attribute->name).begin_object();
  writer->key("spanScores").begin_array();
  for (std::size_t i = 0; i < spans.size(); ++i) {
    const bool sentence = attribute.scored.size() > 1;
    const auto score = sentence ? score_of(attribute, 1 + i) : std::optional(summary);
    if (!score) continue;
    writer->begin_object();
    writer->key("begin").unsigned_integer(spans[i].begin);
    writer->key("end").unsigned_integer(spans[i].end);
    writer->key("score");
    write_score(*score, writer);
    writer->end_object();
  }
  writer->end_array();
  writer->key("summaryScore");
  write_score(summary, writer);
  writer->end_object();
}

void write_attributes(const AnalyzeAnswer& answer, json::Writer* writer) {
  const std::vector<Span> spans = spans_of(answer);
  bool any = false;
  for (const AnsweredAttribute& attribute : answer.attributes) {
    const std::optional<float> summary = score_of(attribute, 0);
    if (!summary || summary < attribute.wanted->threshold) continue;
    if (!any) writer->key("attributeScores").begin_object();
    any = true;
    write_attribute(attribute, spans, *summary, writer);
  }
  if (any) writer->end_object();
}

}  // namespace

http::Response analyze_response(const AnalyzeAnswer& answer) {
  http::Response response;
  response.content_type = kJson;
  response.body.reserve(kUsualBytes +
                        answer.attributes.size() * (2 + answer.sentences.size()) * kBytesPerSpan);
  json::Writer writer(&response.body);
  writer.begin_object();
  write_attributes(answer, &writer);
  writer.key("languages").begin_array();
  for (const std::string& language : answer.languages) writer.string(language);
  writer.end_array();
  if (!answer.detected.empty()) {
    writer.key("detectedLanguages").begin_array().string(answer.detected).end_array();
  }
  if (!answer.client_token.empty()) writer.key("clientToken").string(answer.client_token);
  if (answer.policy != nullptr) write_policy(*answer.policy, *answer.decision, &writer);
  writer.end_object();
  return response;
}

}  // namespace dss::api::perspective
