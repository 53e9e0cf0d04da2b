// All policies of a server, found by id or by community.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "policy/policy.h"

namespace dss::policy {

/// The id of the policy for requests that name neither policy nor community.
inline constexpr std::string_view kDefaultPolicy = "default";

/// Immutable once complete, then thread-safe.
class PolicySet {
 public:
  using Pointer = std::shared_ptr<const Policy>;

  /// Errors (kInvalidArgument): the id, or one of the communities, is taken.
  base::Status add(Policy policy);

  /// Null if there is none of that id.
  [[nodiscard]] Pointer named(std::string_view id) const;
  /// The policy that lists the community, else the one of that id, else the default one; null if
  /// there is none.
  [[nodiscard]] Pointer for_community(std::string_view community) const;
  [[nodiscard]] std::size_t size() const { return by_id_.size(); }

 private:
  std::map<std::string, Pointer, std::less<>> by_id_;
  std::map<std::string, Pointer, std::less<>> by_community_;
};

}  // namespace dss::policy
