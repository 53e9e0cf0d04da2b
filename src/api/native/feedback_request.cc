#include "api/native/feedback_request.h"

#include <algorithm>
#include <optional>

#include "api/native/score_request.h"
#include "base/utf8.h"
#include "models/scores.h"

namespace dss::api::native {
namespace {

using Member = std::optional<json::Value>;
using Issues = std::vector<Issue>;

constexpr std::string_view kMembers[] = {
    "text",          "label",      "labels",       "scores",       "model",
    "model_version", "comment_id", "community_id", "client_token", "do_not_store"};
constexpr std::string_view kMemberList =
    "text, label, labels, scores, model, model_version, comment_id, community_id, client_token, "
    "do_not_store";
constexpr std::string_view kCategoryList =
    "toxic, severe_toxic, obscene, threat, insult, identity_hate";

template <typename Names>
bool contains(const Names& names, std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

void check_members(const json::Value& root, Issues* issues) {
  for (const auto& [name, member] : root.members()) {
    if (contains(kMembers, name)) continue;
    return issues->push_back(unknown_member("", kMemberList));
  }
}

void read_text(const Member& member, Feedback* feedback, Issues* issues) {
  if (!member) return issues->push_back(missing("text"));
  if (member->is_null()) return issues->push_back(null_not_allowed("text"));
  const auto text = member->string();
  if (!text) return issues->push_back(not_a_string("text"));
  feedback->text = base::trim(*text);
  const std::size_t characters = base::count_code_points(feedback->text);
  if (characters == 0) issues->push_back(too_short("text", 1));
  if (characters > kMaxCharacters) issues->push_back(too_long("text", kMaxCharacters));
}

void read_value(std::string_view field, std::string_view name, const json::Value& member,
                std::vector<Rating>* ratings, Issues* issues) {
  const auto value = member.number();
  if (!value) return issues->push_back(not_a_number(field));
  if (!(*value >= 0 && *value <= 1)) return issues->push_back(out_of_unit_range(field));
  ratings->push_back({name, *value});
}

void read_ratings(std::string_view field, const Member& member, std::vector<Rating>* ratings,
                  Issues* issues) {
  if (!member) return;
  if (!member->is_object()) return issues->push_back(not_a_mapping(field));
  for (const auto& [name, value] : member->members()) {
    if (contains(models::kCategoryNames, name)) {
      read_value(field, name, value, ratings, issues);
    } else {
      issues->push_back(unknown_member(field, kCategoryList));
    }
  }
}

void read_labels(const json::Value& root, Feedback* feedback, Issues* issues) {
  const Member label = root.find("label");
  const Member labels = root.find("labels");
  if (label.has_value() == labels.has_value()) {
    Issue issue = missing("labels");
    issue.message = "give either label (for toxic) or labels (by category)";
    return issues->push_back(std::move(issue));
  }
  if (label) return read_value("label", "toxic", *label, &feedback->labels, issues);
  const std::size_t before = issues->size();
  read_ratings("labels", labels, &feedback->labels, issues);
  if (feedback->labels.empty() && issues->size() == before) {
    issues->push_back(missing("labels"));
  }
}

void read_name(std::string_view field, const Member& member, std::size_t limit,
               std::string_view* name, Issues* issues) {
  if (!member) return;
  const auto given = member->string();
  if (!given) return issues->push_back(not_a_string(field));
  if (given->empty()) return issues->push_back(too_short(field, 1));
  if (base::count_code_points(*given) > limit) return issues->push_back(too_long(field, limit));
  *name = *given;
}

void read_do_not_store(const Member& member, Feedback* feedback, Issues* issues) {
  if (!member) return;
  const auto value = member->boolean();
  if (!value) return issues->push_back(not_a_boolean("do_not_store"));
  feedback->do_not_store = *value;
}

}  // namespace

tl::expected<Feedback, Issues> parse_feedback_request(std::string_view body, json::Reader* reader) {
  const auto root = parse_object(body, reader);
  if (!root) return tl::unexpected(Issues{root.error()});
  Feedback feedback;
  Issues issues;
  check_members(*root, &issues);
  read_text(root->find("text"), &feedback, &issues);
  read_labels(*root, &feedback, &issues);
  read_ratings("scores", root->find("scores"), &feedback.scores, &issues);
  const auto name = [&](std::string_view field, std::size_t limit, std::string_view* place) {
    read_name(field, root->find(field), limit, place, &issues);
  };
  name("model", kMaxModelName, &feedback.model);
  name("model_version", kMaxModelName, &feedback.model_version);
  name("comment_id", kMaxIdentifier, &feedback.comment_id);
  name("community_id", kMaxIdentifier, &feedback.community_id);
  name("client_token", kMaxIdentifier, &feedback.client_token);
  read_do_not_store(root->find("do_not_store"), &feedback, &issues);
  if (!issues.empty()) return tl::unexpected(std::move(issues));
  return feedback;
}

}  // namespace dss::api::native
