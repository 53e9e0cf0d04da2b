#include "app/feedback/feedback_command.h"

#include <unistd.h>

#include "CLI/CLI.hpp"
#include "app/exit_status.h"
#include "app/feedback/entry_text.h"
#include "app/feedback/since.h"
#include "app/feedback_settings.h"
#include "app/output.h"
#include "app/settings_flags.h"
#include "app/settings_table.h"
#include "auth/principal.h"
#include "store/feedback_key.h"

namespace dss::app {
namespace {

using base::ErrorKind;

constexpr std::size_t kPage = 1000;

class FeedbackCommand final : public Command {
 public:
  std::string_view name() const override { return "feedback"; }
  std::string_view summary() const override { return "Export, count or delete kept feedback."; }
  std::string_view examples() const override {
    return "Actions: export prints the entries in the order of writing; stats counts them; delete "
           "removes all of one\n"
           "client, known by the token it gave (only the token's hash is kept, so the key file is "
           "needed).\n\n"
           "Examples:\n"
           "  dss feedback export --feedback-store sqlite:feedback.db > feedback.ndjson\n"
           "  dss feedback export --config dss.toml --format csv --since 2026-03-01\n"
           "  dss feedback stats --config dss.toml\n"
           "  dss feedback delete --config dss.toml --client-token 7f3a\n";
  }
  void declare(CLI::App* app) override;
  base::Result<int> run() override;

 private:
  base::Result<int> dispatch(const FeedbackSettings& settings);
  base::Result<int> export_entries(store::Feedback* feedback);
  base::Result<int> remove(const FeedbackSettings& settings, store::Feedback* feedback);
  static base::Result<int> print_statistics(store::Feedback* feedback);

  SettingsFlags flags_{settings_table(), {"feedback.store", "feedback.key-file"}};
  std::string action_;
  std::string format_ = "ndjson";
  std::string since_;
  std::string client_token_;
  std::string tenant_;
};

void FeedbackCommand::declare(CLI::App* app) {
  const auto one_of = [](const std::vector<std::string>& allowed, const char* names) {
    return [allowed, names](const std::string& given) {
      for (const std::string& known : allowed) {
        if (given == known) return std::string();
      }
      return "'" + given + "' is none of " + names;
    };
  };
  app->add_option("action", action_, "What to do.")
      ->option_text("export|stats|delete")
      ->check(one_of({"export", "stats", "delete"}, "export|stats|delete"));
  app->add_option("--format", format_, "What export prints. [default: ndjson]")
      ->option_text("csv|ndjson")
      ->check(one_of({"csv", "ndjson"}, "csv|ndjson"))
      ->group("Flags");
  app->add_option("--since", since_, "Export only what was received at this time (UTC) or later.")
      ->option_text("TIME")
      ->group("Flags");
  app->add_option("--client-token", client_token_, "Whose entries to delete.")
      ->option_text("TOKEN")
      ->group("Flags");
  app->add_option("--tenant", tenant_,
                  "The tenant of the key with which the feedback came, if it has one.")
      ->option_text("NAME")
      ->group("Flags");
  flags_.declare(app);
}

base::Result<int> FeedbackCommand::export_entries(store::Feedback* feedback) {
  base::SystemTime since{};
  if (!since_.empty()) {
    const auto time = parse_since(since_);
    if (!time) return base::fail(time.error());
    since = *time;
  }
  std::string out = format_ == "csv" ? feedback_csv_header() : std::string();
  std::int64_t last = 0;
  while (true) {
    const auto page = feedback->after(last, since, kPage);
    if (!page) return base::fail(page.error());
    for (const store::Numbered& numbered : *page) {
      format_ == "csv" ? append_feedback_csv(numbered, &out)
                       : append_feedback_ndjson(numbered, &out);
    }
    if (const base::Status written = write_output(out); !written) {
      return base::fail(written.error());
    }
    if (page->size() < kPage) return kSuccess;
    last = page->back().number;
    out.clear();
  }
}

base::Result<int> FeedbackCommand::remove(const FeedbackSettings& settings,
                                          store::Feedback* feedback) {
  if (client_token_.empty()) {
    return base::fail(ErrorKind::kInvalidArgument, "--client-token TOKEN is missing");
  }
  const auto key = store::FeedbackKey::read(settings.key_file);
  if (!key) return base::fail(key.error());
  const auto removed = feedback->remove_client(
      key->client_hash(client_token_, auth::bytes_of(auth::tenant_of(tenant_))));
  if (!removed) return base::fail(removed.error());
  const base::Status written = write_output(std::to_string(*removed) + " entries deleted\n");
  if (!written) return base::fail(written.error());
  return kSuccess;
}

base::Result<int> FeedbackCommand::print_statistics(store::Feedback* feedback) {
  const auto found = feedback->statistics();
  if (!found) return base::fail(found.error());
  std::string out = "entries     " + std::to_string(found->entries) + "\nwith text   " +
                    std::to_string(found->with_text) + "\n";
  if (found->first) out += "first       " + base::iso8601(*found->first) + "\n";
  if (found->last) out += "last        " + base::iso8601(*found->last) + "\n";
  for (const store::ModelCount& model : found->models) {
    out += "of model    " + (model.model.empty() ? "(unknown)" : model.model) +
           (model.version.empty() ? "" : " ") + model.version + ": " +
           std::to_string(model.entries) + "\n";
  }
  const base::Status written = write_output(out);
  if (!written) return base::fail(written.error());
  return kSuccess;
}

base::Result<int> FeedbackCommand::dispatch(const FeedbackSettings& settings) {
  const bool file = settings.location.kind == store::Location::Kind::kSqlite;
  if (file && ::access(settings.location.value.c_str(), F_OK) != 0) {
    return base::fail(ErrorKind::kNotFound,
                      settings.location.value + ": no such file; no feedback was kept there yet");
  }
  const auto feedback = store::open_feedback(settings.location);
  if (!feedback) return base::fail(feedback.error());
  if (action_ == "delete") return remove(settings, feedback->get());
  if (action_ == "stats") return print_statistics(feedback->get());
  return export_entries(feedback->get());
}

base::Result<int> FeedbackCommand::run() {
  const auto settings = flags_.resolve();
  if (!settings) return base::fail(settings.error());
  if (flags_.print_asked()) {
    const base::Status written = write_output(settings->print());
    if (!written) return base::fail(written.error());
    return kSuccess;
  }
  if (action_.empty()) {
    return base::fail(ErrorKind::kInvalidArgument,
                      "say what to do: export, stats or delete; see 'dss feedback --help'");
  }
  // Only delete hashes anything, and it reads the key file itself.
  const auto feedback = feedback_settings(*settings, action_ == "delete");
  if (!feedback) return base::fail(feedback.error());
  if (!*feedback) {
    return base::fail(ErrorKind::kInvalidArgument,
                      "feedback.store is unset; say --feedback-store sqlite:FILE or --config FILE");
  }
  return dispatch(**feedback);
}

}  // namespace

std::unique_ptr<Command> make_feedback_command() { return std::make_unique<FeedbackCommand>(); }

}  // namespace dss::app
