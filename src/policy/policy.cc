#include "policy/policy.h"

#include <algorithm>
#include <array>

namespace dss::policy {
namespace {

constexpr std::array<std::string_view, 4> kActions = {"allow", "flag", "hold", "block"};
constexpr std::array<std::string_view, 5> kRules = {"block_list", "allow_list", "band", "threshold",
                                                    "uncertain"};

Decision settled(const Reason& reason) { return {reason.action, {reason}}; }

bool has_bands(const Policy& policy, std::string_view category) {
  return std::any_of(policy.bands.begin(), policy.bands.end(),
                     [&](const Band& band) { return band.category == category; });
}

void apply_bands(const Policy& policy, const LabelScore& label, std::vector<Reason>* reasons) {
  for (const Band& band : policy.bands) {
    if (band.category != label.name || !band.holds(label.probability)) continue;
    reasons->push_back({.rule = Reason::Rule::kBand,
                        .action = band.action,
                        .category = band.category,
                        .from = band.from,
                        .to = band.to});
  }
}

void apply_threshold(const Policy& policy, const LabelScore& label, const Thresholds& operators,
                     std::vector<Reason>* reasons) {
  const float threshold = threshold_of(label, operators, policy.thresholds);
  if (label.probability < threshold) return;
  reasons->push_back({.rule = Reason::Rule::kThreshold,
                      .action = Action::kFlag,
                      .category = label.name,
                      .from = threshold});
}

Decision severest(std::vector<Reason> reasons) {
  Decision decision;
  for (const Reason& reason : reasons) decision.action = std::max(decision.action, reason.action);
  std::erase_if(reasons, [&](const Reason& reason) { return reason.action != decision.action; });
  decision.reasons = std::move(reasons);
  return decision;
}

}  // namespace

std::string_view action_name(Action action) { return kActions[static_cast<std::size_t>(action)]; }

std::optional<Action> action_named(std::string_view name) {
  const auto* const found = std::find(kActions.begin(), kActions.end(), name);
  if (found == kActions.end()) return std::nullopt;
  return static_cast<Action>(found - kActions.begin());
}

std::string_view rule_name(Reason::Rule rule) { return kRules[static_cast<std::size_t>(rule)]; }

Matches match_lists(const Policy& policy, std::string_view text) {
  Matches matches{.allowed = {}, .blocked = policy.block.first_in(text)};
  if (!matches.blocked) matches.allowed = policy.allow.first_in(text);
  return matches;
}

Decision decide(const Policy& policy, const Matches& matches, std::span<const LabelScore> labels,
                const Thresholds& operators, bool uncertain) {
  if (matches.blocked) {
    return settled(
        {.rule = Reason::Rule::kBlockList, .action = Action::kBlock, .phrase = *matches.blocked});
  }
  if (matches.allowed) {
    return settled(
        {.rule = Reason::Rule::kAllowList, .action = Action::kAllow, .phrase = *matches.allowed});
  }
  std::vector<Reason> reasons;
  for (const LabelScore& label : labels) {
    if (has_bands(policy, label.name)) {
      apply_bands(policy, label, &reasons);
    } else {
      apply_threshold(policy, label, operators, &reasons);
    }
  }
  if (uncertain && policy.when_uncertain) {
    reasons.push_back({.rule = Reason::Rule::kUncertain, .action = *policy.when_uncertain});
  }
  return severest(std::move(reasons));
}

}  // namespace dss::policy
