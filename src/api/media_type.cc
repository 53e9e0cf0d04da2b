#include "api/media_type.h"

#include <algorithm>

#include "http/ascii.h"

namespace dss::api {
namespace {

using http::iequals;

std::string_view trimmed(std::string_view s) {
  const std::size_t begin = s.find_first_not_of(" \t");
  if (begin == s.npos) return {};
  return s.substr(begin, s.find_last_not_of(" \t") + 1 - begin);
}

// Cuts `rest` at the first `separator` and returns what stands before it, trimmed.
std::string_view next_part(std::string_view* rest, char separator) {
  const std::size_t at = std::min(rest->find(separator), rest->size());
  const std::string_view part = trimmed(rest->substr(0, at));
  rest->remove_prefix(std::min(at + 1, rest->size()));
  return part;
}

std::string_view unquoted(std::string_view s) {
  return s.size() >= 2 && s.front() == '"' && s.back() == '"' ? s.substr(1, s.size() - 2) : s;
}

bool is_json_type(std::string_view type) {
  constexpr std::string_view kApplication = "application/";
  constexpr std::string_view kSuffix = "+json";
  if (iequals(type, "application/json")) return true;
  return type.size() > kApplication.size() + kSuffix.size() &&
         iequals(type.substr(0, kApplication.size()), kApplication) &&
         iequals(type.substr(type.size() - kSuffix.size()), kSuffix);
}

}  // namespace

bool is_json(std::string_view content_type) {
  if (content_type.empty() || content_type == "application/json") return true;
  std::string_view rest = content_type;
  if (!is_json_type(next_part(&rest, ';'))) return false;
  while (!rest.empty()) {
    std::string_view value = next_part(&rest, ';');
    if (!iequals(next_part(&value, '='), "charset")) continue;
    const std::string_view charset = unquoted(trimmed(value));
    // ASCII is UTF-8 too.
    if (!iequals(charset, "utf-8") && !iequals(charset, "utf8") && !iequals(charset, "us-ascii")) {
      return false;
    }
  }
  return true;
}

}  // namespace dss::api
