#include "app/policy/policy_file.h"

#include <algorithm>
#include <cstdio>

#include "base/utf8.h"
#include "config/nearest.h"
#include "config/read_file.h"
#include "config/toml_document.h"
#include "models/scores.h"

namespace dss::app {
namespace {

using config::TomlMember;
using config::TomlNode;
using Kind = TomlNode::Kind;
using Names = std::vector<std::string>;

constexpr std::size_t kLongestId = 64;
const Names kActionNames = {"allow", "flag", "hold", "block"};

const Names& categories() {
  static const Names names(models::kCategoryNames.begin(), models::kCategoryNames.end());
  return names;
}

std::string listed(const Names& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

std::string number_text(float value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%g", static_cast<double>(value));
  return buffer;
}

bool is_identifier(std::string_view text) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  };
  return !text.empty() && text.size() <= kLongestId &&
         std::all_of(text.begin(), text.end(), allowed);
}

struct PlacedBand {
  policy::Band band;
  std::size_t line = 0;
};

/// Reads one document; mistakes are collected as they come.
class Draft {
 public:
  PolicyDraft read(const TomlNode& root);

 private:
  void mistake(std::size_t line, std::string message) {
    draft_.mistakes.push_back({line, std::move(message)});
  }
  void unknown(const TomlMember& member, std::string_view where, const Names& known);
  void read_member(const TomlMember& member);
  std::string identifier(const TomlMember& member);
  void read_thresholds(const TomlMember& member);
  void read_lists(const TomlMember& member);
  void read_phrases(const TomlMember& member, policy::PhraseList* list);
  void read_communities(const TomlMember& member);
  void read_bands(const TomlMember& member);
  void read_band(const TomlNode& table);
  void read_band_member(const TomlMember& member, policy::Band* band);
  void check_band(const policy::Band& band, std::size_t line);
  void check_overlaps();
  std::optional<float> probability(const TomlMember& member);
  std::optional<policy::Action> action(const TomlMember& member);
  std::string category(const TomlMember& member);

  PolicyDraft draft_;
  std::vector<PlacedBand> bands_;
};

void Draft::unknown(const TomlMember& member, std::string_view where, const Names& known) {
  const std::string hint = config::did_you_mean(member.name, known);
  mistake(member.line, "unknown key '" + member.name + "'" + std::string(where) +
                           (hint.empty() ? "; there are " + listed(known) : hint));
}

std::optional<float> Draft::probability(const TomlMember& member) {
  const TomlNode& node = member.node;
  if (node.kind != Kind::kNumber || !(node.number >= 0 && node.number <= 1)) {
    mistake(node.line, member.name + " is no probability; write a number from 0 to 1" +
                           (node.kind == Kind::kNumber && node.number > 1 && node.number <= 100
                                ? ", as 0.8 for 80 percent"
                                : ""));
    return std::nullopt;
  }
  return static_cast<float>(node.number);
}

std::optional<policy::Action> Draft::action(const TomlMember& member) {
  const auto found =
      member.node.kind == Kind::kText ? policy::action_named(member.node.text) : std::nullopt;
  if (!found) {
    const std::string hint = config::did_you_mean(member.node.text, kActionNames);
    mistake(member.node.line, member.name + " is none of " + listed(kActionNames) +
                                  (member.node.text.empty() ? std::string() : hint));
  }
  return found;
}

std::string Draft::category(const TomlMember& member) {
  const auto& known = categories();
  const std::string& name = member.node.text;
  if (std::find(known.begin(), known.end(), name) != known.end()) return name;
  const std::string hint = config::did_you_mean(name, known);
  mistake(member.node.line, "there is no category '" + name + "'" +
                                (hint.empty() ? "; there are " + listed(known) : hint));
  return {};
}

std::string Draft::identifier(const TomlMember& member) {
  if (member.node.kind == Kind::kText && is_identifier(member.node.text)) return member.node.text;
  mistake(member.node.line, member.name +
                                " must be a text in quotes, of 1 to 64 letters, digits, '-', '_' "
                                "and '.'");
  return "invalid";
}

void Draft::read_thresholds(const TomlMember& member) {
  if (member.node.kind != Kind::kTable) {
    return mistake(member.line,
                   "thresholds is no table; write [thresholds] and below it a line "
                   "such as toxic = 0.8");
  }
  for (const TomlMember& each : member.node.members) {
    const auto& known = categories();
    if (std::find(known.begin(), known.end(), each.name) == known.end()) {
      unknown(each, " in [thresholds]", known);
    } else if (const auto value = probability(each)) {
      draft_.policy.thresholds[each.name] = *value;
    }
  }
}

void Draft::read_phrases(const TomlMember& member, policy::PhraseList* list) {
  if (member.node.kind != Kind::kArray) {
    return mistake(member.node.line,
                   member.name + " is no list; write " + member.name + " = [\"a phrase\"]");
  }
  for (const TomlNode& item : member.node.items) {
    if (item.kind != Kind::kText) {
      mistake(item.line, "an entry of " + member.name + " is no text in quotes");
    } else if (!list->add(item.text)) {
      mistake(item.line, "an entry of " + member.name + " has no word in it");
    }
  }
}

void Draft::read_lists(const TomlMember& member) {
  if (member.node.kind != Kind::kTable) {
    return mistake(member.line,
                   "lists is no table; write [lists] and below it a line such as "
                   "block = [\"a phrase\"]");
  }
  for (const TomlMember& each : member.node.members) {
    if (each.name == "allow") {
      read_phrases(each, &draft_.policy.allow);
    } else if (each.name == "block") {
      read_phrases(each, &draft_.policy.block);
    } else {
      unknown(each, " in [lists]", {"allow", "block"});
    }
  }
}

void Draft::read_communities(const TomlMember& member) {
  if (member.node.kind != Kind::kArray) {
    return mistake(member.node.line, "communities is no list; write communities = [\"name\"]");
  }
  for (const TomlNode& item : member.node.items) {
    if (item.kind != Kind::kText || item.text.empty()) {
      mistake(item.line, "an entry of communities is no text in quotes");
    } else {
      draft_.policy.communities.push_back(item.text);
    }
  }
}

void Draft::read_band_member(const TomlMember& member, policy::Band* band) {
  if (member.name == "category") {
    band->category = category(member);
  } else if (member.name == "from") {
    band->from = probability(member).value_or(band->from);
  } else if (member.name == "to") {
    band->to = probability(member).value_or(band->to);
  } else if (member.name == "action") {
    band->action = action(member).value_or(band->action);
  } else {
    unknown(member, " in [[bands]]", {"category", "from", "to", "action"});
  }
}

void Draft::check_band(const policy::Band& band, std::size_t line) {
  if (band.from < band.to) return bands_.push_back({band, line});
  mistake(line, "the band from " + number_text(band.from) + " to " + number_text(band.to) +
                    " is empty; from must be less than to");
}

void Draft::read_band(const TomlNode& table) {
  if (table.kind != Kind::kTable) {
    return mistake(table.line,
                   "a band is no table; write [[bands]] and below it from, to and "
                   "action");
  }
  policy::Band band{.category = "toxic"};
  bool has_action = false;
  const std::size_t before = draft_.mistakes.size();
  for (const TomlMember& member : table.members) {
    has_action = has_action || member.name == "action";
    read_band_member(member, &band);
  }
  if (!has_action)
    mistake(table.line, "the band has no action; add one of " + listed(kActionNames));
  if (draft_.mistakes.size() == before) check_band(band, table.line);
}

void Draft::read_bands(const TomlMember& member) {
  if (member.node.kind != Kind::kArray) {
    return mistake(member.line, "bands must be written with two brackets: [[bands]]");
  }
  for (const TomlNode& item : member.node.items) read_band(item);
}

void Draft::check_overlaps() {
  std::stable_sort(bands_.begin(), bands_.end(), [](const PlacedBand& a, const PlacedBand& b) {
    return std::tie(a.band.category, a.band.from) < std::tie(b.band.category, b.band.from);
  });
  for (std::size_t i = 1; i < bands_.size(); ++i) {
    const PlacedBand& below = bands_[i - 1];
    const PlacedBand& above = bands_[i];
    if (below.band.category != above.band.category || above.band.from >= below.band.to) continue;
    mistake(std::max(above.line, below.line),
            "two bands of " + above.band.category + " overlap between " +
                number_text(above.band.from) + " and " +
                number_text(std::min(above.band.to, below.band.to)) + " (lines " +
                std::to_string(std::min(above.line, below.line)) + " and " +
                std::to_string(std::max(above.line, below.line)) +
                "); let one end where the other begins");
  }
  for (PlacedBand& placed : bands_) draft_.policy.bands.push_back(std::move(placed.band));
}

void Draft::read_member(const TomlMember& member) {
  static const Names kKnown = {"id",         "version", "description",    "communities",
                               "thresholds", "lists",   "when-uncertain", "bands"};
  if (member.name == "id") {
    draft_.policy.id = identifier(member);
  } else if (member.name == "version") {
    draft_.policy.version = identifier(member);
  } else if (member.name == "communities") {
    read_communities(member);
  } else if (member.name == "thresholds") {
    read_thresholds(member);
  } else if (member.name == "lists") {
    read_lists(member);
  } else if (member.name == "bands") {
    read_bands(member);
  } else if (member.name == "when-uncertain") {
    draft_.policy.when_uncertain = action(member);
  } else if (member.name != "description") {
    unknown(member, "", kKnown);
  }
}

PolicyDraft Draft::read(const TomlNode& root) {
  for (const TomlMember& member : root.members) read_member(member);
  if (draft_.policy.id.empty()) {
    mistake(0, "the id is missing; add a line such as id = \"my-forum\"");
  }
  if (draft_.policy.version.empty()) {
    mistake(0,
            "the version is missing; add a line such as version = \"1\", and change it with the "
            "file: answers name it");
  }
  check_overlaps();
  std::stable_sort(draft_.mistakes.begin(), draft_.mistakes.end(),
                   [](const PolicyMistake& a, const PolicyMistake& b) { return a.line < b.line; });
  return std::move(draft_);
}

/// `:12: cause` as the parser writes it.
PolicyMistake parser_mistake(std::string_view message) {
  PolicyMistake mistake;
  std::size_t at = 1;
  for (; at < message.size() && message[at] >= '0' && message[at] <= '9'; ++at) {
    mistake.line = mistake.line * 10 + static_cast<std::size_t>(message[at] - '0');
  }
  mistake.message = message.substr(std::min(at + 2, message.size()));
  return mistake;
}

}  // namespace

std::string describe(const PolicyMistake& mistake, const std::string& file) {
  const std::string place = mistake.line == 0 ? "" : std::to_string(mistake.line) + ":";
  return file + ":" + place + " " + mistake.message;
}

PolicyDraft parse_policy(std::string_view text) {
  if (!base::is_valid_utf8(text)) return {{}, {{0, "the file is not UTF-8; save it as UTF-8"}}};
  const auto root = config::parse_toml(text, "");
  if (!root) return {{}, {parser_mistake(root.error().message)}};
  return Draft().read(*root);
}

base::Result<policy::Policy> read_policy_file(const std::string& path) {
  const auto text = config::read_file(path);
  if (!text) return base::fail(text.error());
  PolicyDraft draft = parse_policy(*text);
  if (draft.mistakes.empty()) return std::move(draft.policy);
  std::string message;
  for (const PolicyMistake& mistake : draft.mistakes) {
    message += (message.empty() ? "" : "\n") + describe(mistake, path);
  }
  return base::fail(base::ErrorKind::kInvalidArgument, message);
}

}  // namespace dss::app
