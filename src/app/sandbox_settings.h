// How far `dss serve` takes rights from itself, from the settings.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "config/settings.h"

namespace dss::app {

enum class SandboxMode : std::uint8_t {
  kAuto,  ///< what the kernel has
  kOn,    ///< all of it, or the server does not start
  kOff,
};

struct SandboxSettings {
  SandboxMode mode = SandboxMode::kAuto;
  std::vector<std::string> read;  ///< files and folders besides those of the other settings
};

[[nodiscard]] SandboxSettings sandbox_settings(const config::Settings& settings);

}  // namespace dss::app
