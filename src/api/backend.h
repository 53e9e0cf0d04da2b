// The models as the protocols see them: two calls, so that handlers can be tested without weights.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "scoring/engine.h"

namespace dss::api {

/// Both calls are thread-safe and do as the functions of the same name of scoring::Engine.
struct Backend {
  std::function<base::Result<scoring::Outcome>(std::string_view text, const scoring::Options&)>
      score;
  std::function<std::vector<scoring::ModelState>()> models;
};

/// The calls of `engine`, which must outlive them.
[[nodiscard]] inline Backend backend_of(const scoring::Engine& engine) {
  return {
      .score = [&engine](std::string_view text,
                         const scoring::Options& options) { return engine.score(text, options); },
      .models = [&engine] { return engine.models(); }};
}

}  // namespace dss::api
