#include "api/policy_choice.h"

#include <algorithm>
#include <vector>

namespace dss::api {
namespace {

std::shared_ptr<const policy::PolicySet> policies(const Service& service) {
  return service.policies ? service.policies() : nullptr;
}

}  // namespace

PolicyPointer policy_for_community(const Service& service, std::string_view community) {
  const auto set = policies(service);
  return set == nullptr ? nullptr : set->for_community(community);
}

base::Result<PolicyPointer> policy_of_request(const Service& service, const http::Request& request,
                                              std::string_view community) {
  const std::string_view wanted = request.header("x-policy");
  if (wanted.empty()) {
    if (!service.policies) return PolicyPointer();
    return policy_for_community(service,
                                community.empty() ? request.header("x-community-id") : community);
  }
  const auto set = policies(service);
  PolicyPointer found = set == nullptr ? nullptr : set->named(wanted);
  if (found != nullptr) return found;
  return base::fail(base::ErrorKind::kInvalidArgument, "this server has no policy of that id");
}

policy::Decision decide(const policy::Policy& policy, const policy::Matches& matches,
                        const scoring::Outcome& outcome, const policy::Thresholds& operators) {
  std::vector<policy::LabelScore> labels;
  const std::size_t count = std::min(outcome.card->labels.size(), outcome.scores.count);
  for (std::size_t i = 0; i < count; ++i) {
    const weights::Label& label = outcome.card->labels[i];
    labels.push_back({.name = label.name,
                      .probability = outcome.scores.probability[i],
                      .card_threshold = label.threshold});
  }
  return policy::decide(policy, matches, labels, operators, outcome.uncertain);
}

}  // namespace dss::api
