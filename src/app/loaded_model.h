// One model of a models' folder, ready to score, for commands that measure it.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "scoring/engine.h"

namespace dss::app {

struct LoadedModel {
  std::unique_ptr<scoring::Engine> engine;
  std::string name;           ///< "simple" or "bert"
  scoring::ModelState state;  ///< loaded
};

/// `models` is the folder, empty for where `dss serve` looks; `model` is a name or `bert=DIR`.
/// Errors name what is missing.
[[nodiscard]] base::Result<LoadedModel> load_model(std::string models, std::string model);

}  // namespace dss::app
