// A community's rules: what is to be done with a text once it is scored. Never changes a score.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/phrase_list.h"
#include "policy/thresholds.h"

namespace dss::policy {

/// What is to be done with a text, mildest first.
enum class Action : std::uint8_t {
  kAllow,  ///< publish
  kFlag,   ///< publish, and show it to a moderator
  kHold,   ///< a moderator decides before it is published
  kBlock,  ///< do not publish
};

/// `allow`, `flag`, `hold`, `block`.
[[nodiscard]] std::string_view action_name(Action action);
[[nodiscard]] std::optional<Action> action_named(std::string_view name);

/// An action for probabilities of one category from `from` on and below `to` (`to` itself too when
/// that is 1).
struct Band {
  std::string category;
  float from = 0;
  float to = 1;
  Action action = Action::kFlag;

  [[nodiscard]] bool holds(float probability) const {
    return probability >= from && (probability < to || (to >= 1 && probability <= 1));
  }
};

struct Policy {
  std::string id;
  std::string version;
  std::vector<std::string> communities;  ///< whose texts it is for, beside its own id
  Thresholds thresholds;                 ///< over the operator's and the card's
  PhraseList allow;
  PhraseList block;
  std::vector<Band> bands;               ///< of one category they do not overlap
  std::optional<Action> when_uncertain;  ///< least action for a text of which the model is unsure
};

/// The phrases of a policy that a text holds; views into the policy.
struct Matches {
  std::optional<std::string_view> allowed;
  std::optional<std::string_view> blocked;
};
[[nodiscard]] Matches match_lists(const Policy& policy, std::string_view text);

/// Why an action was taken. Views into policy and labels.
struct Reason {
  enum class Rule : std::uint8_t { kBlockList, kAllowList, kBand, kThreshold, kUncertain };
  Rule rule = Rule::kThreshold;
  Action action = Action::kFlag;
  std::string_view category{};  ///< of a band or threshold
  float from = 0;               ///< of a band; the threshold
  float to = 1;                 ///< of a band
  std::string_view phrase{};    ///< of a list
};

/// `block_list`, `allow_list`, `band`, `threshold`, `uncertain`.
[[nodiscard]] std::string_view rule_name(Reason::Rule rule);

struct Decision {
  Action action = Action::kAllow;
  std::vector<Reason> reasons;  ///< every rule that asked for this action; empty: none applied
};

/// A blocked phrase blocks. Else an allowed phrase allows. Else the severest action wins of: the
/// band that holds a category's probability; `flag` for a category over its threshold that has no
/// bands; `when_uncertain`. Pure. The views in the decision live as long as policy, labels and
/// matches.
[[nodiscard]] Decision decide(const Policy& policy, const Matches& matches,
                              std::span<const LabelScore> labels, const Thresholds& operators,
                              bool uncertain);

}  // namespace dss::policy
