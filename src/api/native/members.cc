#include "api/native/members.h"

#include "api/native/feedback_request.h"
#include "base/utf8.h"

namespace dss::api::native {
namespace {

bool absent(const Member& member) { return !member || member->is_null(); }

}  // namespace

TrimmedText read_text(const Member& member, std::size_t most, std::string_view field,
                      std::optional<std::size_t> index, std::vector<Issue>* issues) {
  const auto add = [&](Issue issue) {
    issue.index = index;
    issues->push_back(std::move(issue));
  };
  TrimmedText read;
  if (!member) return add(missing(field)), read;
  if (member->is_null()) return add(null_not_allowed(field)), read;
  const auto text = member->string();
  if (!text) return add(not_a_string(field)), read;
  read.text = base::trim(*text);
  read.trimmed_in_front = base::count_code_points(
      text->substr(0, static_cast<std::size_t>(read.text.data() - text->data())));
  const std::size_t characters = base::count_code_points(read.text);
  if (characters == 0) add(too_short(field, 1));
  if (characters > most) add(too_long(field, most));
  return read;
}

void read_model(const Member& member, std::string_view* model, std::vector<Issue>* issues) {
  if (absent(member)) return;
  const auto name = member->string();
  if (!name) return issues->push_back(not_a_string("model"));
  if (*name != "simple" && *name != "bert") {
    return issues->push_back(unknown_model());
  }
  *model = *name;
}

void read_explain(const Member& member, bool* explain, std::vector<Issue>* issues) {
  if (absent(member)) return;
  const auto wanted = member->boolean();
  if (!wanted) return issues->push_back(not_a_boolean("explain"));
  *explain = *wanted;
}

void read_community(const json::Value& object, std::string_view* community,
                    std::vector<Issue>* issues) {
  std::string_view field = "community_id";
  Member member = object.find(field);
  if (absent(member)) {
    field = "communityId";
    member = object.find(field);
  }
  if (absent(member)) return;
  const auto id = member->string();
  if (!id) return issues->push_back(not_a_string(field));
  if (base::count_code_points(*id) > kMaxIdentifier) {
    return issues->push_back(too_long(field, kMaxIdentifier));
  }
  *community = *id;
}

}  // namespace dss::api::native
