#include "records/member_spans.h"

namespace dss::records {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Walks over valid JSON; `at` is always on the next byte to look at.
struct Walker {
  std::string_view json;
  std::size_t at = 0;

  void skip_space() {
    while (at < json.size() && is_space(json[at])) ++at;
  }

  void skip_string() {
    ++at;
    while (json[at] != '"') at += json[at] == '\\' ? 2 : 1;
    ++at;
  }

  /// An array or object: brackets count, those within strings do not.
  void skip_container() {
    std::size_t depth = 0;
    do {
      if (json[at] == '"') {
        skip_string();
        continue;
      }
      if (json[at] == '{' || json[at] == '[') ++depth;
      if (json[at] == '}' || json[at] == ']') --depth;
      ++at;
    } while (depth > 0);
  }

  void skip_value() {
    if (json[at] == '"') return skip_string();
    if (json[at] == '{' || json[at] == '[') return skip_container();
    while (json[at] != ',' && json[at] != '}' && !is_space(json[at])) ++at;
  }
};

}  // namespace

std::vector<MemberSpan> member_spans(std::string_view object) {
  std::vector<MemberSpan> members;
  Walker walker{object};
  walker.skip_space();
  ++walker.at;  // {
  walker.skip_space();
  while (object[walker.at] != '}') {
    const std::size_t key = walker.at;
    walker.skip_string();
    const std::size_t key_end = walker.at;
    walker.skip_space();
    ++walker.at;  // :
    walker.skip_space();
    const std::size_t value = walker.at;
    walker.skip_value();
    members.push_back({object.substr(key + 1, key_end - key - 2),
                       object.substr(value, walker.at - value),
                       object.substr(key, walker.at - key)});
    walker.skip_space();
    if (object[walker.at] == ',') ++walker.at;
    walker.skip_space();
  }
  return members;
}

}  // namespace dss::records
