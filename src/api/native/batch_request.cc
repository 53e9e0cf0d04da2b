#include "api/native/batch_request.h"

namespace dss::api::native {
namespace {

constexpr std::string_view kTexts = "texts";

void read_texts(const Member& member, BatchRequest* request, std::vector<Issue>* issues) {
  if (!member) return issues->push_back(missing(kTexts));
  if (member->is_null()) return issues->push_back(null_not_allowed(kTexts));
  if (!member->is_array()) return issues->push_back(not_a_list(kTexts));
  for (const json::Value item : member->items()) {
    const std::size_t index = request->texts.size();
    if (index == kMaxBatchTexts) return issues->push_back(too_many(kTexts, kMaxBatchTexts));
    request->texts.push_back(read_text(item, kMaxBatchCharacters, kTexts, index, issues));
  }
  if (request->texts.empty()) issues->push_back(too_few(kTexts, 1));
}

}  // namespace

tl::expected<BatchRequest, std::vector<Issue>> parse_batch_request(std::string_view body,
                                                                   std::string_view default_model,
                                                                   json::Reader* reader) {
  const auto root = parse_object(body, reader);
  if (!root) return tl::unexpected(std::vector{root.error()});
  BatchRequest request;
  request.model = default_model;
  std::vector<Issue> issues;
  read_texts(root->find(kTexts), &request, &issues);
  read_model(root->find("model"), &request.model, &issues);
  read_explain(root->find("explain"), &request.explain, &issues);
  read_community(*root, &request.community, &issues);
  if (!issues.empty()) return tl::unexpected(std::move(issues));
  return request;
}

}  // namespace dss::api::native
