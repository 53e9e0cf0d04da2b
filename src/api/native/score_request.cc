#include "api/native/score_request.h"

#include "api/native/members.h"

namespace dss::api::native {

tl::expected<ScoreRequest, std::vector<Issue>> parse_score_request(std::string_view body,
                                                                   std::string_view default_model,
                                                                   json::Reader* reader) {
  const auto root = parse_object(body, reader);
  if (!root) return tl::unexpected(std::vector{root.error()});
  ScoreRequest request;
  request.model = default_model;
  std::vector<Issue> issues;
  const TrimmedText text =
      read_text(root->find("text"), kMaxCharacters, "text", std::nullopt, &issues);
  request.text = text.text;
  request.trimmed_in_front = text.trimmed_in_front;
  read_model(root->find("model"), &request.model, &issues);
  read_explain(root->find("explain"), &request.explain, &issues);
  read_community(*root, &request.community, &issues);
  if (!issues.empty()) return tl::unexpected(std::move(issues));
  return request;
}

}  // namespace dss::api::native
