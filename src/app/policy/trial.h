// What a policy would change, text by text.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "policy/policy.h"
#include "scoring/engine.h"

namespace dss::app {

/// Counts of a trial. Without a policy a text is flagged when a category reaches the operator's or
/// the card's threshold, and allowed otherwise.
struct TrialCounts {
  std::uint64_t texts = 0;
  std::uint64_t failed = 0;                ///< rows without a score
  std::uint64_t changed = 0;               ///< texts with another action than without the policy
  std::array<std::uint64_t, 4> without{};  ///< texts by action
  std::array<std::uint64_t, 4> with{};
};

/// Not thread-safe.
class Trial {
 public:
  /// Both must outlive this object.
  Trial(const policy::Policy* policy, const policy::Thresholds* operators)
      : policy_(policy), operators_(operators) {}

  /// Counts a text. If its action changes, appends
  /// `{"line","score","without","with","reasons":[…]}` and a newline to `out`.
  void take(std::size_t line, std::string_view text, const scoring::Outcome& outcome,
            std::string* out);
  void fail() { ++counts_.failed; }

  [[nodiscard]] const TrialCounts& counts() const { return counts_; }

 private:
  const policy::Policy* policy_;
  const policy::Thresholds* operators_;
  const policy::Policy none_;
  TrialCounts counts_;
};

/// The counts for a person, in lines.
[[nodiscard]] std::string describe(const TrialCounts& counts);

}  // namespace dss::app
