// The models as the protocols see them: two calls, so that handlers can be tested without weights.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "scoring/engine.h"

namespace dss::api {

/// A text whose outcome comes later.
struct Later {
  std::uint64_t account = 0;   ///< who asks, for a fair share of the queue; 0: not told apart
  std::function<bool()> gone;  ///< whether nobody waits for it any more
  /// Called once, on any thread.
  std::function<void(base::Result<scoring::Outcome>)> done;
};

/// All calls are thread-safe; `score` and `models` do as the functions of the same name of
/// scoring::Engine.
struct Backend {
  std::function<base::Result<scoring::Outcome>(std::string_view text, const scoring::Options&)>
      score;
  /// `score` of each text; empty: there is only `score`.
  std::function<std::vector<base::Result<scoring::Outcome>>(std::span<const std::string_view> texts,
                                                            const scoring::Options&)>
      score_all{};
  /// As `score`, for models that take longer than an event loop may wait: answers true if `later`
  /// was taken and will be done, false if the model is to be asked by `score`. Empty: none is.
  std::function<bool(std::string_view text, const scoring::Options&, Later* later)> score_later{};
  std::function<std::vector<scoring::ModelState>()> models;
};

/// The calls of `engine`, which must outlive them.
[[nodiscard]] inline Backend backend_of(const scoring::Engine& engine) {
  return {
      .score = [&engine](std::string_view text,
                         const scoring::Options& options) { return engine.score(text, options); },
      .score_all =
          [&engine](std::span<const std::string_view> texts, const scoring::Options& options) {
            return engine.score_all(texts, options);
          },
      .models = [&engine] { return engine.models(); }};
}

}  // namespace dss::api
