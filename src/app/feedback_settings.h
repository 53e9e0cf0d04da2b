// Where feedback is kept, from the settings that `dss serve` and `dss feedback` share.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/result.h"
#include "config/settings.h"
#include "store/location.h"

namespace dss::app {

struct FeedbackSettings {
  store::Location location;
  std::string key_file;
  bool keep_text = false;
  std::chrono::days texts_kept{};
  std::optional<std::chrono::days> entries_kept{};  ///< nothing: for ever
};

/// Nothing if feedback.store is unset. Errors (kInvalidArgument): a store that is neither SQLite
/// nor PostgreSQL; PostgreSQL without key file, unless no key is needed.
[[nodiscard]] base::Result<std::optional<FeedbackSettings>> feedback_settings(
    const config::Settings& settings, bool needs_key = true);

}  // namespace dss::app
