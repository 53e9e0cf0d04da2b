// A folder of policy files.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "policy/policy_set.h"

namespace dss::app {

/// Reads every `*.toml` of the folder, in the order of their names: all of them or none. Errors:
/// kIo; kInvalidArgument with file, line, cause and cure of the first file that is wrong.
[[nodiscard]] base::Result<std::shared_ptr<const policy::PolicySet>> read_policies(
    const std::string& directory);

}  // namespace dss::app
