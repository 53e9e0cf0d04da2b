#include "api/native/validation.h"

#include "json/writer.h"

namespace dss::api::native {
namespace {

Issue issue(std::string_view field, std::string message, std::string_view type) {
  return {.field = field,
          .position = {},
          .index = {},
          .message = std::move(message),
          .type = type,
          .context = {}};
}

Issue length_issue(std::string_view field, std::string_view bound, std::size_t limit,
                   std::string_view unit, std::string_view type) {
  Issue result = issue(field,
                       "ensure this value has at " + std::string(bound) + " " +
                           std::to_string(limit) + " " + std::string(unit),
                       type);
  result.context = "{\"limit_value\":" + std::to_string(limit) + "}";
  return result;
}

void write_issue(const Issue& issue, json::Writer* writer) {
  writer->begin_object();
  writer->key("loc").begin_array().string(issue.place);
  if (issue.position) writer->unsigned_integer(*issue.position);
  if (!issue.field.empty()) writer->string(issue.field);
  if (issue.index) writer->unsigned_integer(*issue.index);
  writer->end_array();
  writer->key("msg").string(issue.message);
  writer->key("type").string(issue.type);
  if (!issue.context.empty()) writer->key("ctx").raw(issue.context);
  writer->end_object();
}

}  // namespace

Issue missing(std::string_view field) {
  return issue(field, "field required", "value_error.missing");
}

Issue null_not_allowed(std::string_view field) {
  return issue(field, "none is not an allowed value", "type_error.none.not_allowed");
}

Issue not_an_object() { return issue({}, "value is not a valid dict", "type_error.dict"); }

Issue not_a_string(std::string_view field) {
  return issue(field, "str type expected", "type_error.str");
}

Issue not_a_boolean(std::string_view field) {
  return issue(field, "value could not be parsed to a boolean", "type_error.bool");
}

Issue not_a_number(std::string_view field) {
  return issue(field, "value is not a valid float", "type_error.float");
}

Issue not_a_mapping(std::string_view field) {
  return issue(field, "value is not a valid dict", "type_error.dict");
}

Issue out_of_unit_range(std::string_view field) {
  return issue(field, "ensure this value is from 0 to 1", "value_error.number.out_of_range");
}

Issue unknown_member(std::string_view field, std::string_view known) {
  return issue(field, "extra fields not permitted; there are " + std::string(known),
               "value_error.extra");
}

Issue too_short(std::string_view field, std::size_t limit) {
  return length_issue(field, "least", limit, "characters", "value_error.any_str.min_length");
}

Issue too_long(std::string_view field, std::size_t limit) {
  return length_issue(field, "most", limit, "characters", "value_error.any_str.max_length");
}

// In pydantic's words for lists.
Issue not_a_list(std::string_view field) {
  return issue(field, "value is not a valid list", "type_error.list");
}

Issue too_few(std::string_view field, std::size_t limit) {
  return length_issue(field, "least", limit, "items", "value_error.list.min_items");
}

Issue too_many(std::string_view field, std::size_t limit) {
  return length_issue(field, "most", limit, "items", "value_error.list.max_items");
}

Issue no_match(std::string_view field, std::string_view pattern) {
  Issue result = issue(field, "string does not match regex \"" + std::string(pattern) + "\"",
                       "value_error.str.regex");
  json::Writer(&result.context).begin_object().key("pattern").string(pattern).end_object();
  return result;
}

Issue unknown_model() { return no_match("model", "^(bert|simple)$"); }

Issue not_json(const json::ParseError& error, std::string_view body) {
  const json::Position at = json::position_of(body, error.offset);
  Issue result = issue({}, json::describe(error, body), "value_error.jsondecode");
  result.position = at.character;
  json::Writer writer(&result.context);
  writer.begin_object();
  writer.key("msg").string(error.reason);
  writer.key("pos").unsigned_integer(at.character);
  writer.key("lineno").unsigned_integer(at.line);
  writer.key("colno").unsigned_integer(at.column);
  writer.end_object();
  return result;
}

tl::expected<json::Value, Issue> parse_object(std::string_view body, json::Reader* reader) {
  // Windows PowerShell 5.1 writes files with a byte order mark, and Python's json skips it.
  if (body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);
  if (body.empty()) return tl::unexpected(missing(""));
  const auto root = reader->parse_padded(body);
  if (!root) return tl::unexpected(not_json(root.error(), body));
  if (root->is_null()) return tl::unexpected(missing(""));
  if (!root->is_object()) return tl::unexpected(not_an_object());
  return *root;
}

http::Response issues_response(std::string_view code, const std::vector<Issue>& issues,
                               const base::Clock& clock) {
  http::Response response;
  response.status = 422;
  json::Writer writer(&response.body);
  writer.begin_object();
  writer.key("error").string(code);
  const Issue& first = issues.front();
  writer.key("message").string((first.field.empty() ? "body" : std::string(first.field)) + ": " +
                               first.message);
  writer.key("timestamp").string(base::iso8601(clock.system()));
  writer.key("detail").begin_array();
  for (const Issue& issue : issues) write_issue(issue, &writer);
  writer.end_array().end_object();
  return response;
}

}  // namespace dss::api::native
