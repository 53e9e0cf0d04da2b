#include "app/privacy/privacy_command.h"

#include "CLI/CLI.hpp"
#include "app/exit_status.h"
#include "app/output.h"
#include "app/privacy/record.h"
#include "app/settings_flags.h"
#include "app/settings_table.h"

namespace dss::app {
namespace {

class PrivacyCommand final : public Command {
 public:
  std::string_view name() const override { return "privacy"; }
  std::string_view summary() const override {
    return "Print the GDPR record of processing of a configuration.";
  }
  std::string_view examples() const override {
    return "The record that Article 30 of the GDPR asks for, made of the settings that 'dss serve' "
           "would run with:\n"
           "take the same flags, environment and file. A running server answers it at GET "
           "/privacy.\n\n"
           "Examples:\n"
           "  dss privacy --config /etc/dss/dss.toml > record.md\n"
           "  dss privacy --language fr --format json --feedback-store sqlite:feedback.db\n";
  }
  void declare(CLI::App* app) override {
    app->add_option("--language", language_, "Language of the record. [default: en]")
        ->option_text("en|fr")
        ->check([](const std::string& given) {
          return given == "en" || given == "fr" ? std::string()
                                                : "'" + given + "' is none of en|fr";
        })
        ->group("Flags");
    app->add_option("--format", format_, "[default: markdown]")
        ->option_text("markdown|json")
        ->check([](const std::string& given) {
          return given == "markdown" || given == "json"
                     ? std::string()
                     : "'" + given + "' is none of markdown|json";
        })
        ->group("Flags");
    flags_.declare(app);
  }
  base::Result<int> run() override {
    const auto settings = flags_.resolve();
    if (!settings) return base::fail(settings.error());
    if (flags_.print_asked()) {
      const base::Status printed = write_output(settings->print());
      if (!printed) return base::fail(printed.error());
      return kSuccess;
    }
    const auto serve = serve_settings(*settings);
    if (!serve) return base::fail(serve.error());
    const ProcessingRecord record =
        processing_record(*serve, record_language(language_).value_or(RecordLanguage::kEnglish));
    const base::Status written =
        write_output(format_ == "json" ? record_json(record) + "\n" : record_markdown(record));
    if (!written) return base::fail(written.error());
    return kSuccess;
  }

 private:
  SettingsFlags flags_{settings_table()};
  std::string language_ = "en";
  std::string format_ = "markdown";
};

}  // namespace

std::unique_ptr<Command> make_privacy_command() { return std::make_unique<PrivacyCommand>(); }

}  // namespace dss::app
