#include "app/serve_command.h"

#include "CLI/CLI.hpp"
#include "app/engine_config.h"
#include "app/exit_status.h"
#include "app/output.h"
#include "app/settings_flags.h"
#include "app/settings_table.h"

namespace dss::app {
namespace {

class ServeCommand final : public Command {
 public:
  explicit ServeCommand(ServeFunction serve) : serve_(std::move(serve)) {}

  std::string_view name() const override { return "serve"; }
  std::string_view summary() const override { return "Answer requests over HTTP."; }
  std::string_view examples() const override {
    return "Examples:\n"
           "  dss serve                                        on http://localhost:8000\n"
           "  dss serve --port 9000 --workers 1                another port, one event loop\n"
           "  dss serve --listen 0.0.0.0:8000 --admin-listen 127.0.0.1:9464\n"
           "                                                   to the world; /metrics stays here\n"
           "  dss serve --port 8443 --tls-cert cert.pem --tls-key key.pem\n"
           "                                                   HTTPS; SIGHUP renews\n"
           "  DSS_LOG_LEVEL=warn dss serve --config dss.toml   flag > environment > file > "
           "default\n";
  }
  void declare(CLI::App* app) override {
    flags_.declare(app);
    app->add_option("--model", model_,
                    "A BERT-family classifier of one's own that answers as 'bert': a Hugging Face "
                    "directory.")
        ->option_text("bert=DIR")
        ->check([](const std::string& given) {
          return encoder_directory_in(given) ? std::string()
                                             : "'" + given + "' is not of the form bert=DIR";
        })
        ->group("Flags");
  }

  base::Result<int> run() override {
    const auto settings = flags_.resolve();
    if (!settings) return base::fail(settings.error());
    if (flags_.print_asked()) {
      const base::Status written = write_output(settings->print());
      if (!written) return base::fail(written.error());
      return kSuccess;
    }
    auto checked = serve_settings(*settings);
    if (!checked) return base::fail(checked.error());
    if (const auto directory = encoder_directory_in(model_)) {
      checked->engine.encoder_directory = *directory;
    }
    return serve_(*checked);
  }

 private:
  std::string model_;
  SettingsFlags flags_{settings_table()};
  ServeFunction serve_;
};

}  // namespace

std::unique_ptr<Command> make_serve_command(ServeFunction serve) {
  return std::make_unique<ServeCommand>(std::move(serve));
}

}  // namespace dss::app
