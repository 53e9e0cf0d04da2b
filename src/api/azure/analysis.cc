#include "api/azure/analysis.h"

#include <algorithm>
#include <optional>

#include "base/utf8.h"

namespace dss::api::azure {
namespace {

using Fault = std::optional<Error>;
using Member = std::optional<json::Value>;

Error invalid(std::string message) { return {.message = std::move(message)}; }
bool absent(const Member& member) { return !member || member->is_null(); }

Fault read_text(const Member& member, std::string* text) {
  const auto value = member ? member->string() : std::nullopt;
  if (!value) return invalid("text is required and must be a string.");
  if (value->empty()) return invalid("text is empty; it must have at least one character.");
  const std::size_t characters = base::count_code_points(*value);
  if (characters > kMostCharacters) {
    return invalid("text has " + std::to_string(characters) + " characters, at most " +
                   std::to_string(kMostCharacters) + " are allowed.");
  }
  *text = *value;
  return std::nullopt;
}

Fault read_names(const Member& member, std::string_view what, std::vector<std::string>* names) {
  if (absent(member)) return std::nullopt;
  const Error wrong = invalid(std::string(what) + " must be an array of strings.");
  if (!member->is_array()) return wrong;
  for (const json::Value item : member->items()) {
    const auto name = item.string();
    if (!name) return wrong;
    names->emplace_back(*name);
  }
  return std::nullopt;
}

Fault choose_categories(const std::vector<std::string>& names, std::vector<Category>* chosen) {
  const auto asked = [&names](std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  for (const Category& category : kCategories) {
    if (asked(category.name) && category.label.empty()) {
      return invalid("The category " + std::string(category.name) +
                     " is not modelled by this server; ask for Hate and Violence only.");
    }
    if (!category.label.empty() && (names.empty() || asked(category.name))) {
      chosen->push_back(category);
    }
  }
  const bool known = std::all_of(names.begin(), names.end(), [](const std::string& name) {
    return std::any_of(kCategories.begin(), kCategories.end(),
                       [&](const Category& category) { return category.name == name; });
  });
  if (!known) return invalid("categories may be Hate, SelfHarm, Sexual and Violence.");
  return std::nullopt;
}

Fault read_levels(const Member& member, bool* eight) {
  if (absent(member)) return std::nullopt;
  const auto name = member->string();
  *eight = name == "EightSeverityLevels";
  if (*eight || name == "FourSeverityLevels") return std::nullopt;
  return invalid("outputType must be FourSeverityLevels or EightSeverityLevels.");
}

Fault read_halt(const Member& member, bool* halt) {
  if (absent(member)) return std::nullopt;
  const auto value = member->boolean();
  if (!value) return invalid("haltOnBlocklistHit must be a boolean.");
  *halt = *value;
  return std::nullopt;
}

}  // namespace

int severity_of(float probability, bool eight_levels) {
  const auto above = std::upper_bound(kSeverityCuts.begin(), kSeverityCuts.end(), probability);
  const auto severity = static_cast<int>(above - kSeverityCuts.begin());
  return eight_levels ? severity : severity / 2 * 2;
}

tl::expected<AnalyzeRequest, Error> read_analyze_request(const json::Value& body) {
  AnalyzeRequest wanted;
  std::vector<std::string> categories;
  for (const Fault& fault :
       {read_text(body.find("text"), &wanted.text),
        read_names(body.find("categories"), "categories", &categories),
        choose_categories(categories, &wanted.categories),
        read_names(body.find("blocklistNames"), "blocklistNames", &wanted.lists),
        read_halt(body.find("haltOnBlocklistHit"), &wanted.halt_on_hit),
        read_levels(body.find("outputType"), &wanted.eight_levels)}) {
    if (fault) return tl::unexpected(*fault);
  }
  return wanted;
}

tl::expected<std::vector<blocklist::Match>, Error> matches_of(const AnalyzeRequest& wanted,
                                                              const blocklist::Matcher& matcher) {
  std::vector<blocklist::Match> matches;
  if (wanted.lists.empty()) return matches;
  for (const std::string& name : wanted.lists) {
    const auto& lists = matcher.lists();
    if (std::any_of(lists.begin(), lists.end(),
                    [&](const auto& list) { return list.name == name; }))
      continue;
    return tl::unexpected(Error{.status = 404,
                                .code = "ResourceNotFound",
                                .message = "The blocklist '" + name + "' does not exist."});
  }
  for (const blocklist::Match& match : matcher.find(wanted.text)) {
    const bool asked =
        std::find(wanted.lists.begin(), wanted.lists.end(), match.list) != wanted.lists.end();
    const bool known = std::any_of(matches.begin(), matches.end(),
                                   [&](const auto& one) { return one.item == match.item; });
    if (asked && !known) matches.push_back(match);
  }
  return matches;
}

std::string write_analysis(const AnalyzeRequest& wanted,
                           const std::vector<blocklist::Match>& matches,
                           const std::vector<JudgedLabel>& labels) {
  std::string out;
  json::Writer writer(&out);
  writer.begin_object().key("blocklistsMatch").begin_array();
  for (const blocklist::Match& match : matches) {
    writer.begin_object();
    writer.key("blocklistName").string(match.list);
    writer.key("blocklistItemId").string(match.item->id);
    writer.key("blocklistItemText").string(match.item->text);
    writer.end_object();
  }
  writer.end_array().key("categoriesAnalysis").begin_array();
  for (const Category& category : wanted.categories) {
    const auto label = find_label(labels, category.label);
    if (!label) continue;
    writer.begin_object();
    writer.key("category").string(category.name);
    writer.key("severity").integer(severity_of(label->probability, wanted.eight_levels));
    writer.end_object();
  }
  writer.end_array().end_object();
  return out;
}

}  // namespace dss::api::azure
