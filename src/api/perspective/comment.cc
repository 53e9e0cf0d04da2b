#include "api/perspective/comment.h"

#include <algorithm>

#include "base/utf8.h"
#include "json/relaxed.h"

namespace dss::api::perspective {
namespace {

using Fault = std::optional<Refusal>;

constexpr std::size_t kLongestName = 64;
constexpr std::size_t kLongestLanguage = 35;  // RFC 5646, 4.4.1

Fault check_type(const Message& comment) {
  const std::string_view type = comment.string("type");
  if (type.empty() || type == "PLAIN_TEXT" || type == "TEXT_TYPE_UNSPECIFIED") return {};
  if (type != "HTML") return refused(kInvalidRequest, "Unknown text type");
  return refused(kInvalidRequest, "Currently, only 'PLAIN_TEXT' comments are supported");
}

bool too_long_for_context(const Message& entry) {
  return entry.string("text").size() > kMostContextBytes;
}

bool has_long_entry(const json::Value& entries) {
  std::string ignored;
  for (const json::Value entry : entries.items()) {
    if (entry.is_object() && too_long_for_context(Message(entry, "", &ignored))) return true;
  }
  return false;
}

bool is_tag(std::string_view tag) {
  return !tag.empty() && tag.size() <= kLongestLanguage &&
         std::all_of(tag.begin(), tag.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-' || c == '_';
         });
}

}  // namespace

tl::expected<std::optional<json::Value>, Refusal> parse_body(std::string_view body,
                                                             json::Reader* reader) {
  if (body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);
  if (body.find_first_not_of(" \t\r\n") == body.npos) return std::nullopt;
  const auto root = json::parse_relaxed(reader, body);
  if (!root) {
    return tl::unexpected(refused(
        kInvalidRequest, "Invalid JSON payload received. " + json::describe(root.error(), body)));
  }
  if (root->is_object()) return *root;
  return tl::unexpected(
      refused(kInvalidRequest, "Invalid JSON payload received. The body must be an object."));
}

Fault read_comment(const Message& request, std::string* text) {
  const Message comment = request.message("comment");
  if (auto wrong = check_type(comment)) return wrong;
  *text = comment.string("text");
  if (base::trim(*text).empty()) return refused(kCommentEmpty, "Comment must be non-empty.");
  if (base::count_code_points(*text) <= kMostCharacters) return {};
  return refused(kCommentTooLong, "Comment text too long.");
}

Fault check_context(const Message& request) {
  const Message context = request.message("context");
  const auto entries = context.find("entries");
  const Message pair = context.message("articleAndParentComment");
  if (entries && !pair.absent()) {
    return refused(kInvalidRequest,
                   "Context can have either entries or article_and_parent_comment, but both fields "
                   "were populated.");
  }
  const bool too_long = (entries && has_long_entry(*entries)) ||
                        too_long_for_context(pair.message("article")) ||
                        too_long_for_context(pair.message("parentComment"));
  if (too_long) return refused(kInvalidRequest, "Context text too long.");
  return {};
}

Fault check_languages(const std::vector<std::string>& languages) {
  if (languages.size() <= kMostLanguages &&
      std::all_of(languages.begin(), languages.end(), is_tag)) {
    return {};
  }
  return refused(kInvalidRequest, "Invalid value at 'languages' (at most 32 tags such as 'en')");
}

std::string unknown_attribute(std::string_view name) {
  const bool tellable = !name.empty() && name.size() <= kLongestName &&
                        std::all_of(name.begin(), name.end(), [](char c) {
                          return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
                        });
  return "Unknown requested attribute" + (tellable ? ": " + std::string(name) : std::string());
}

}  // namespace dss::api::perspective
