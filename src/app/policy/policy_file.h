// A policy as an operator writes it: a TOML file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "policy/policy.h"

namespace dss::app {

/// Something that a policy file gets wrong: cause and cure.
struct PolicyMistake {
  std::size_t line = 0;  ///< from 1; 0: of the file as a whole
  std::string message;
};

/// `FILE:12: cause; cure`.
[[nodiscard]] std::string describe(const PolicyMistake& mistake, const std::string& file);

struct PolicyDraft {
  policy::Policy policy;                ///< complete if there are no mistakes
  std::vector<PolicyMistake> mistakes;  ///< by line
};

/// Reads a policy; docs/policies.md has the form. Every mistake is reported at once, but a text
/// that is no TOML has only that one.
[[nodiscard]] PolicyDraft parse_policy(std::string_view text);

/// A file that must be right. Errors: kIo; kInvalidArgument with all its mistakes, a line each.
[[nodiscard]] base::Result<policy::Policy> read_policy_file(const std::string& path);

}  // namespace dss::app
