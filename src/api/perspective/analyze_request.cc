#include "api/perspective/analyze_request.h"

#include "api/perspective/comment.h"
#include "api/perspective/message.h"

namespace dss::api::perspective {
namespace {

using Fault = std::optional<Refusal>;

Fault check_score_type(const Message& wanted, std::string_view attribute) {
  const std::string_view type = wanted.string("scoreType");
  if (type.empty() || type == "PROBABILITY" || type == "SCORE_TYPE_UNSPECIFIED") return {};
  for (const std::string_view known : {"STD_DEV_SCORE", "PERCENTILE", "RAW"}) {
    if (type != known) continue;
    return refused(kInvalidRequest, "Requested score type " + std::string(type) +
                                        " is not supported by attribute " + std::string(attribute));
  }
  return refused(kInvalidRequest, "Invalid value at 'requested_attributes.score_type' (TYPE_ENUM)");
}

Fault read_attribute(std::string_view name, json::Value value, AnalyzeRequest* request,
                     std::string* fault) {
  const Attribute* attribute = find_attribute(name);
  if (attribute == nullptr) return refused(kInvalidRequest, unknown_attribute(name));
  const auto present = value.is_null() ? std::nullopt : std::optional(value);
  const Message wanted(present, "requested_attributes.value", fault);
  if (auto wrong = check_score_type(wanted, name)) return wrong;
  WantedAttribute one{.attribute = attribute};
  if (const auto threshold = wanted.number("scoreThreshold")) {
    one.threshold = static_cast<float>(*threshold);
  }
  request->attributes.push_back(one);
  return {};
}

Fault read_attributes(const Message& body, AnalyzeRequest* request, std::string* fault) {
  const Message wanted = body.message("requestedAttributes");
  if (!wanted.absent()) {
    for (const auto [name, value] : wanted.members()) {
      if (auto wrong = read_attribute(name, value, request, fault)) return wrong;
    }
  }
  if (!request->attributes.empty() || !fault->empty()) return {};
  return refused(kNoAttributes, "Missing requested_attributes");
}

void read_rest(const Message& body, AnalyzeRequest* request) {
  request->languages = body.strings("languages");
  request->client_token = body.string("clientToken");
  request->community = body.string("communityId");
  request->sentences = body.boolean("spanAnnotations");
  request->drop_unsupported = body.boolean("dropUnsupportedAttributes");
  request->do_not_store = body.boolean("doNotStore");
}

Fault read_body(const Message& body, AnalyzeRequest* request, std::string* fault) {
  if (auto wrong = read_comment(body, &request->text)) return wrong;
  if (auto wrong = check_context(body)) return wrong;
  if (auto wrong = read_attributes(body, request, fault)) return wrong;
  read_rest(body, request);
  return check_languages(request->languages);
}

}  // namespace

tl::expected<AnalyzeRequest, Refusal> parse_analyze_request(std::string_view body,
                                                            json::Reader* reader) {
  const auto root = parse_body(body, reader);
  if (!root) return tl::unexpected(root.error());
  AnalyzeRequest request;
  std::string fault;
  auto wrong = read_body(Message(*root, "", &fault), &request, &fault);
  if (!fault.empty()) wrong = refused(kInvalidRequest, fault);
  if (wrong) return tl::unexpected(std::move(*wrong));
  return request;
}

}  // namespace dss::api::perspective
