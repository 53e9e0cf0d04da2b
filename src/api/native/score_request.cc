#include "api/native/score_request.h"

#include <optional>

#include "base/utf8.h"

namespace dss::api::native {
namespace {

using Member = std::optional<json::Value>;

bool absent(const Member& member) { return !member || member->is_null(); }

void read_text(const Member& member, ScoreRequest* request, std::vector<Issue>* issues) {
  if (!member) return issues->push_back(missing("text"));
  if (member->is_null()) return issues->push_back(null_not_allowed("text"));
  const auto text = member->string();
  if (!text) return issues->push_back(not_a_string("text"));
  request->text = base::trim(*text);
  request->trimmed_in_front = base::count_code_points(
      text->substr(0, static_cast<std::size_t>(request->text.data() - text->data())));
  const std::size_t characters = base::count_code_points(request->text);
  if (characters < kMinCharacters) issues->push_back(too_short("text", kMinCharacters));
  if (characters > kMaxCharacters) issues->push_back(too_long("text", kMaxCharacters));
}

void read_model(const Member& member, ScoreRequest* request, std::vector<Issue>* issues) {
  if (absent(member)) return;
  const auto model = member->string();
  if (!model) return issues->push_back(not_a_string("model"));
  if (model != "simple" && model != "bert") {
    return issues->push_back(no_match("model", kModelPattern));
  }
  request->model = *model;
}

void read_explain(const Member& member, ScoreRequest* request, std::vector<Issue>* issues) {
  if (absent(member)) return;
  const auto explain = member->boolean();
  if (!explain) return issues->push_back(not_a_boolean("explain"));
  request->explain = *explain;
}

}  // namespace

tl::expected<ScoreRequest, std::vector<Issue>> parse_score_request(std::string_view body,
                                                                   std::string_view default_model,
                                                                   json::Reader* reader) {
  const auto root = parse_object(body, reader);
  if (!root) return tl::unexpected(std::vector{root.error()});
  ScoreRequest request;
  request.model = default_model;
  std::vector<Issue> issues;
  read_text(root->find("text"), &request, &issues);
  read_model(root->find("model"), &request, &issues);
  read_explain(root->find("explain"), &request, &issues);
  if (!issues.empty()) return tl::unexpected(std::move(issues));
  return request;
}

}  // namespace dss::api::native
