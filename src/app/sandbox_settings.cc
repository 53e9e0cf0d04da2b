#include "app/sandbox_settings.h"

namespace dss::app {
namespace {

SandboxMode mode_of(const std::string& name) {
  if (name == "on") return SandboxMode::kOn;
  return name == "off" ? SandboxMode::kOff : SandboxMode::kAuto;
}

}  // namespace

SandboxSettings sandbox_settings(const config::Settings& settings) {
  return {.mode = mode_of(settings.text("security.sandbox")),
          .read = settings.list("security.sandbox-read")};
}

}  // namespace dss::app
