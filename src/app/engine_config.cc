#include "app/engine_config.h"

#include "app/models_directory.h"
#include "base/clock.h"

namespace dss::app {
namespace {

kernels::Precision precision_named(std::string_view name) {
  if (name == "bf16") return kernels::Precision::kBf16;
  return name == "fp32" ? kernels::Precision::kFp32 : kernels::Precision::kInt8;
}

}  // namespace

base::Result<scoring::Engine::Config> engine_config(const config::Settings& settings) {
  const auto directory = settings.has("models") ? base::Result<std::string>(settings.text("models"))
                                                : find_models_directory();
  if (!directory) return base::fail(directory.error());
  scoring::Engine::Config config;
  config.clock = &base::system_clock();
  config.models_directory = *directory;
  config.encoder_directory = settings.text("encoder.directory");
  config.precision = precision_named(settings.text("encoder.precision"));
  config.foreign_language = settings.text("foreign-language") == "refuse"
                                ? scoring::ForeignLanguage::kRefuse
                                : scoring::ForeignLanguage::kMark;
  return config;
}

std::optional<std::string> encoder_directory_in(std::string_view model) {
  constexpr std::string_view kPrefix = "bert=";
  if (!model.starts_with(kPrefix) || model.size() == kPrefix.size()) return std::nullopt;
  return std::string(model.substr(kPrefix.size()));
}

}  // namespace dss::app
