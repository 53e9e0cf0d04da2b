#include "api/perspective/suggestion.h"

#include "api/feedback.h"
#include "api/perspective/attributes.h"
#include "api/perspective/comment.h"
#include "api/perspective/message.h"
#include "base/utf8.h"

namespace dss::api::perspective {
namespace {

using Fault = std::optional<Refusal>;

// Offsets beyond it are none of this text: it is longer than any comment.
constexpr double kMostOffset = 1e6;

// They are kept with the suggestion: without a limit each could fill the database with megabytes.
constexpr std::string_view kTooLong =
    "community_id and client_token have at most 256 characters in a suggestion";
static_assert(kMaxIdentifier == 256);

Fault invalid(std::string_view what) { return refused(kInvalidRequest, std::string(what)); }

std::optional<float> value_of(const Message& score) {
  const auto value = score.number("value");
  return value ? std::optional(static_cast<float>(*value)) : std::nullopt;
}

Fault read_span(const Message& span, SuggestedScore* score) {
  const double begin = span.number("begin").value_or(0);
  const double end = span.number("end").value_or(0);
  const auto value = value_of(span.message("score"));
  if (!value || begin < 0 || end < begin || end > kMostOffset) return invalid("Invalid span score");
  score->spans.push_back({static_cast<std::size_t>(begin), static_cast<std::size_t>(end), *value});
  return {};
}

Fault read_score(std::string_view name, json::Value value, Suggestion* suggestion,
                 std::string* fault) {
  const Attribute* attribute = find_attribute(name);
  if (attribute == nullptr) return invalid(unknown_attribute(name));
  const Message scores(value.is_null() ? std::nullopt : std::optional(value),
                       "attribute_scores.value", fault);
  SuggestedScore score{.attribute = attribute->name,
                       .summary = value_of(scores.message("summaryScore"))};
  if (const auto spans = scores.find("spanScores")) {
    for (const json::Value span : spans->items()) {
      const Message one(span, "attribute_scores.value.span_scores", fault);
      if (auto wrong = read_span(one, &score)) return wrong;
    }
  }
  if (!score.summary && score.spans.empty()) return invalid("Attribute scores must not be empty");
  suggestion->scores.push_back(std::move(score));
  return {};
}

Fault read_scores(const Message& body, Suggestion* suggestion, std::string* fault) {
  const Message scores = body.message("attributeScores");
  if (!scores.absent()) {
    for (const auto [name, value] : scores.members()) {
      if (auto wrong = read_score(name, value, suggestion, fault)) return wrong;
    }
  }
  if (!suggestion->scores.empty()) return {};
  return invalid("Missing attribute_scores");
}

Fault read_body(const Message& body, Suggestion* suggestion, std::string* fault) {
  if (auto wrong = read_comment(body, &suggestion->text)) return wrong;
  if (auto wrong = check_context(body)) return wrong;
  if (auto wrong = read_scores(body, suggestion, fault)) return wrong;
  suggestion->languages = body.strings("languages");
  suggestion->community = body.string("communityId");
  suggestion->session = body.string("sessionId");
  suggestion->client_token = body.string("clientToken");
  suggestion->do_not_store = body.boolean("doNotStore");
  for (const std::string_view kept : {suggestion->community, suggestion->client_token}) {
    if (base::count_code_points(kept) > kMaxIdentifier) return invalid(kTooLong);
  }
  return check_languages(suggestion->languages);
}

}  // namespace

tl::expected<Suggestion, Refusal> parse_suggestion(std::string_view body, json::Reader* reader) {
  const auto root = parse_body(body, reader);
  if (!root) return tl::unexpected(root.error());
  Suggestion suggestion;
  std::string fault;
  auto wrong = read_body(Message(*root, "", &fault), &suggestion, &fault);
  if (!fault.empty()) wrong = refused(kInvalidRequest, fault);
  if (wrong) return tl::unexpected(std::move(*wrong));
  return suggestion;
}

}  // namespace dss::api::perspective
