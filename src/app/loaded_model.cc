#include "app/loaded_model.h"

#include <utility>

#include "app/engine_config.h"
#include "app/models_directory.h"

namespace dss::app {

base::Result<LoadedModel> load_model(std::string models, std::string model) {
  if (models.empty()) {
    auto found = find_models_directory();
    if (!found) return base::fail(found.error());
    models = std::move(*found);
  }
  scoring::Engine::Config config{.models_directory = models, .clock = &base::system_clock()};
  if (const auto directory = encoder_directory_in(model)) {
    config.encoder_directory = *directory;
    model = "bert";
  }
  auto engine = scoring::Engine::open(config);
  if (!engine) return base::fail(engine.error());
  for (const scoring::ModelState& state : (*engine)->models()) {
    if (state.name == model && state.loaded) {
      return LoadedModel{std::move(*engine), std::move(model), state};
    }
  }
  return base::fail(base::ErrorKind::kUnknownModel, "no model called '" + model + "' is loaded");
}

}  // namespace dss::app
