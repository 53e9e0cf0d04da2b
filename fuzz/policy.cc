// A policy file: right, or with mistakes that are said; what is right can judge any text and is
// found by its id and its communities.
#include <cstdint>
#include <cstdlib>

#include "app/policy/policy_file.h"
#include "policy/policy_set.h"

namespace {

using dss::policy::LabelScore;

void judge(const dss::policy::Policy& policy, std::string_view text) {
  const auto matches = dss::policy::match_lists(policy, text);
  for (const float probability : {0.0F, 0.25F, 0.5F, 0.75F, 1.0F}) {
    const LabelScore labels[] = {{"toxic", probability, 0.5F}, {"threat", probability, 0.5F}};
    const auto decision = dss::policy::decide(policy, matches, labels, {}, probability == 0.5F);
    for (const auto& reason : decision.reasons) {
      if (reason.action != decision.action) std::abort();
    }
  }
}

void find(const dss::policy::Policy& policy) {
  dss::policy::PolicySet set;
  if (!set.add(policy)) return;
  if (set.named(policy.id) == nullptr) std::abort();
  for (const std::string& community : policy.communities) {
    const auto found = set.for_community(community);
    if (found == nullptr || found->id != policy.id) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const dss::app::PolicyDraft draft = dss::app::parse_policy(text);
  for (const auto& mistake : draft.mistakes) {
    if (mistake.message.empty()) std::abort();
  }
  if (draft.mistakes.empty()) {
    judge(draft.policy, text);
    find(draft.policy);
  }
  return 0;
}
