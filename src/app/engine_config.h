// Which models are loaded and how, from the settings that all commands share.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "config/settings.h"
#include "scoring/engine.h"

namespace dss::app {

/// Errors: kIo when there is no folder of models.
[[nodiscard]] base::Result<scoring::Engine::Config> engine_config(const config::Settings& settings);

/// The directory in `bert=DIR`, the value of --model; nothing if it is none.
[[nodiscard]] std::optional<std::string> encoder_directory_in(std::string_view model);

}  // namespace dss::app
