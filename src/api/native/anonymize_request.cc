#include "api/native/anonymize_request.h"

#include "api/native/members.h"
#include "api/native/score_request.h"
#include "base/utf8.h"

namespace dss::api::native {
namespace {

using Issues = std::vector<Issue>;

bool absent(const Member& member) { return !member || member->is_null(); }

void read_whole_text(const Member& member, std::string_view* text, Issues* issues) {
  if (!member) return issues->push_back(missing("text"));
  if (member->is_null()) return issues->push_back(null_not_allowed("text"));
  const auto given = member->string();
  if (!given) return issues->push_back(not_a_string("text"));
  *text = *given;
  const std::size_t characters = base::count_code_points(*text);
  if (characters == 0) issues->push_back(too_short("text", 1));
  if (characters > kMaxCharacters) issues->push_back(too_long("text", kMaxCharacters));
}

void read_strategy(const Member& member, personal::Strategy* strategy, Issues* issues) {
  if (absent(member)) return;
  const auto name = member->string();
  if (!name) return issues->push_back(not_a_string("strategy"));
  const auto known = personal::strategy_named(*name);
  if (!known) return issues->push_back(no_match("strategy", "^(drop|hash|mask)$"));
  *strategy = *known;
}

Issue unknown_kind() {
  std::string pattern = "^(";
  for (const std::string_view name : personal::kKindNames) {
    if (pattern.size() > 2) pattern += '|';
    pattern += name;
  }
  return no_match("kinds", pattern + ")$");
}

void read_kind(const json::Value& member, std::size_t index, personal::KindSet* kinds,
               Issues* issues) {
  const auto name = member.string();
  const auto kind = name ? personal::kind_named(*name) : std::nullopt;
  if (kind) return kinds->add(*kind);
  Issue issue = name ? unknown_kind() : not_a_string("kinds");
  issue.index = index;
  issues->push_back(std::move(issue));
}

void read_kinds(const Member& member, personal::KindSet* kinds, Issues* issues) {
  if (absent(member)) return;
  if (!member->is_array()) return issues->push_back(not_a_list("kinds"));
  *kinds = {};
  std::size_t index = 0;
  for (const json::Value& item : member->items()) {
    if (index == personal::kKindNames.size()) {
      return issues->push_back(too_many("kinds", personal::kKindNames.size()));
    }
    read_kind(item, index++, kinds, issues);
  }
}

}  // namespace

tl::expected<AnonymizeRequest, Issues> parse_anonymize_request(std::string_view body,
                                                               json::Reader* reader) {
  const auto root = parse_object(body, reader);
  if (!root) return tl::unexpected(Issues{root.error()});
  AnonymizeRequest request;
  Issues issues;
  read_whole_text(root->find("text"), &request.text, &issues);
  read_strategy(root->find("strategy"), &request.strategy, &issues);
  read_kinds(root->find("kinds"), &request.kinds, &issues);
  if (!issues.empty()) return tl::unexpected(std::move(issues));
  return request;
}

}  // namespace dss::api::native
