#include "api/perspective/attributes.h"

#include <algorithm>
#include <array>

namespace dss::api::perspective {
namespace {

// In the order of the alphabet.
constexpr std::array kAttributes = std::to_array<Attribute>({
    {"AFFINITY_EXPERIMENTAL", "", ""},
    {"ALIENATION_EXPERIMENTAL", "", ""},
    {"ATTACK_ON_AUTHOR", "", ""},
    {"ATTACK_ON_COMMENTER", "", ""},
    {"COMPASSION_EXPERIMENTAL", "", ""},
    {"CONSTRUCTIVE_EXPERIMENTAL", "", ""},
    {"CURIOSITY_EXPERIMENTAL", "", ""},
    {"FEARMONGERING_EXPERIMENTAL", "", ""},
    {"FLIRTATION", "", ""},
    {"GENERALIZATION_EXPERIMENTAL", "", ""},
    {"IDENTITY_ATTACK", "identity_hate", "IDENTITY_ATTACK"},
    {"IDENTITY_ATTACK_EXPERIMENTAL", "identity_hate", "IDENTITY_ATTACK"},
    {"INCOHERENT", "", ""},
    {"INFLAMMATORY", "", ""},
    {"INSULT", "insult", "INSULT"},
    {"INSULT_EXPERIMENTAL", "insult", "INSULT"},
    {"LIKELY_TO_REJECT", "", ""},
    {"MORAL_OUTRAGE_EXPERIMENTAL", "", ""},
    {"NUANCE_EXPERIMENTAL", "", ""},
    {"OBSCENE", "obscene", "OBSCENE"},
    {"PERSONAL_STORY_EXPERIMENTAL", "", ""},
    {"POWER_APPEAL_EXPERIMENTAL", "", ""},
    {"PROFANITY", "obscene", "PROFANITY"},
    {"PROFANITY_EXPERIMENTAL", "obscene", "PROFANITY"},
    {"REASONING_EXPERIMENTAL", "", ""},
    {"RESPECT_EXPERIMENTAL", "", ""},
    {"SCAPEGOATING_EXPERIMENTAL", "", ""},
    {"SEVERE_TOXICITY", "severe_toxic", "SEVERE_TOXICITY"},
    {"SEVERE_TOXICITY_EXPERIMENTAL", "severe_toxic", "SEVERE_TOXICITY"},
    {"SEXUALLY_EXPLICIT", "", ""},
    {kSpam, "", ""},
    {"THREAT", "threat", "THREAT"},
    {"THREAT_EXPERIMENTAL", "threat", "THREAT"},
    {"TOXICITY", "toxic", "TOXICITY"},
    {"TOXICITY_EXPERIMENTAL", "toxic", "TOXICITY"},
    {"TOXICITY_FAST", "toxic", "TOXICITY", true},
    {"UNSUBSTANTIAL", "", ""},
});

constexpr bool by_name(const Attribute& left, const Attribute& right) {
  return left.name < right.name;
}
static_assert(std::is_sorted(kAttributes.begin(), kAttributes.end(), by_name));

}  // namespace

const Attribute* find_attribute(std::string_view name) {
  const auto* found =
      std::lower_bound(kAttributes.begin(), kAttributes.end(), Attribute{name, "", ""}, by_name);
  return found != kAttributes.end() && found->name == name ? found : nullptr;
}

}  // namespace dss::api::perspective
