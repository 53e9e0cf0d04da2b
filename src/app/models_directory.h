// Where the shipped models are, when nobody says so.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace dss::app {

/// Places that are looked at, in order: beside the binary (`models/`), above a build tree
/// (`../../models`), an installed package (`../share/dss/models`, `/usr/share/dss/models`).
[[nodiscard]] std::vector<std::string> models_directory_candidates(const std::string& executable);

/// The first candidate that is a directory. Errors: kIo, naming all of them and the cure.
[[nodiscard]] base::Result<std::string> find_models_directory();

}  // namespace dss::app
