#include "policy/policy_set.h"

namespace dss::policy {

using base::ErrorKind;

base::Status PolicySet::add(Policy policy) {
  const auto made = std::make_shared<const Policy>(std::move(policy));
  if (by_id_.contains(made->id)) {
    return base::fail(ErrorKind::kInvalidArgument, "another policy has the id '" + made->id + "'");
  }
  for (const std::string& community : made->communities) {
    if (by_community_.contains(community)) {
      return base::fail(ErrorKind::kInvalidArgument,
                        "another policy is for the community '" + community + "'");
    }
  }
  by_id_.emplace(made->id, made);
  for (const std::string& community : made->communities) by_community_.emplace(community, made);
  return {};
}

PolicySet::Pointer PolicySet::named(std::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second;
}

PolicySet::Pointer PolicySet::for_community(std::string_view community) const {
  if (const auto found = by_community_.find(community); found != by_community_.end()) {
    return found->second;
  }
  const Pointer own = named(community);
  return own != nullptr ? own : named(kDefaultPolicy);
}

}  // namespace dss::policy
