#include "app/anonymize/anonymize_command.h"

#include <unistd.h>

#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "app/anonymize/anonymize_rows.h"
#include "app/cpu_quota.h"
#include "app/exit_status.h"
#include "app/output.h"
#include "app/score/input_choice.h"
#include "app/settings_flags.h"
#include "app/settings_table.h"

namespace dss::app {
namespace {

using base::ErrorKind;
using records::InputFormat;

class AnonymizeCommand final : public Command {
 public:
  std::string_view name() const override { return "anonymize"; }
  std::string_view summary() const override {
    return "Take personal data out of a text, or of every row of a file.";
  }
  std::string_view examples() const override;
  void declare(CLI::App* app) override;
  base::Result<int> run() override;

 private:
  void declare_choices(CLI::App* app);
  base::Status read_key(const config::Settings& settings);
  base::Result<int> rewrite(const InputChoice& input, const config::Settings& settings);
  [[nodiscard]] base::Result<AnonymizeOptions> options(const config::Settings& settings) const;
  [[nodiscard]] base::Result<int> report(const AnonymizeSummary& summary) const;

  SettingsFlags flags_{settings_table(), {"privacy.hash-key-file", "workers"}};
  std::string argument_;
  std::string strategy_ = "mask";
  std::vector<std::string> kinds_;
  std::string input_format_;
  std::string text_column_ = "text";
  bool quiet_ = false;
  std::optional<personal::HashKey> key_;
};

std::string_view AnonymizeCommand::examples() const {
  return "Kinds: email, phone, iban, card, nir, ssn, ip, url (with credentials), address, person. "
         "Numbers are checked\n"
         "(IBAN, Luhn, NIR); names and addresses are found by lists and rules, and some are "
         "missed: docs/personal-data.md\n"
         "says how many. Of CSV and NDJSON only the text is rewritten; other columns stay as they "
         "are.\n\n"
         "Examples:\n"
         "  dss anonymize \"write to jane@example.org\"\n"
         "  dss anonymize comments.csv --text-column comment > anonymous.csv\n"
         "  zcat archive.ndjson.gz | dss anonymize - --input-format ndjson --kinds email,phone\n"
         "  dss anonymize chat.log --input-format lines --strategy hash --privacy-hash-key-file "
         "key\n";
}

void AnonymizeCommand::declare_choices(CLI::App* app) {
  const auto one_of = [](std::vector<std::string> allowed, const char* names) {
    return [allowed = std::move(allowed), names](const std::string& given) {
      for (const std::string& known : allowed) {
        if (given == known) return std::string();
      }
      return "'" + given + "' is none of " + names;
    };
  };
  app->add_option("--strategy", strategy_,
                  "What stands instead: a placeholder, one with a keyed hash, or nothing. "
                  "[default: mask]")
      ->option_text("mask|hash|drop")
      ->check(one_of({"mask", "hash", "drop"}, "mask|hash|drop"))
      ->group("Flags");
  app->add_option("--input-format", input_format_,
                  "What the input is. [default: by the file's ending; else one text, or NDJSON if "
                  "it begins with '{']")
      ->option_text("text|lines|csv|ndjson")
      ->check(one_of({"text", "lines", "csv", "ndjson"}, "text|lines|csv|ndjson"))
      ->group("Flags");
}

void AnonymizeCommand::declare(CLI::App* app) {
  app->add_option("input", argument_,
                  "A text; or a file, if there is one of that name; or - for standard input (also "
                  "when nothing is given and the input is no terminal).")
      ->option_text("TEXT|FILE|-");
  declare_choices(app);
  app->add_option("--kinds", kinds_, "Which kinds, with commas between. [default: all]")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->option_text("KIND,…")
      ->check([](const std::string& given) {
        return personal::kind_named(given) ? std::string()
                                           : "'" + given + "' is no kind; see --help";
      })
      ->group("Flags");
  app->add_option("--text-column", text_column_,
                  "CSV column or NDJSON member that holds the text. [default: text]")
      ->option_text("NAME")
      ->group("Flags");
  app->add_flag("-q,--quiet", quiet_, "No progress bar and no summary on stderr.")->group("Flags");
  flags_.declare(app);
}

base::Status AnonymizeCommand::read_key(const config::Settings& settings) {
  if (strategy_ != "hash") return {};
  if (!settings.has("privacy.hash-key-file")) {
    return base::fail(ErrorKind::kInvalidArgument,
                      "--strategy hash needs --privacy-hash-key-file FILE; make a key with "
                      "'openssl rand -hex 32'");
  }
  auto key = personal::HashKey::read(settings.text("privacy.hash-key-file"));
  if (!key) return base::fail(key.error());
  key_ = std::move(*key);
  return {};
}

base::Result<AnonymizeOptions> AnonymizeCommand::options(const config::Settings& settings) const {
  AnonymizeOptions options;
  options.text_name = text_column_;
  options.strategy = *personal::strategy_named(strategy_);
  options.key = key_ ? &*key_ : nullptr;
  if (!kinds_.empty()) options.kinds = {};
  for (const std::string& kind : kinds_) options.kinds.add(*personal::kind_named(kind));
  options.workers = settings.has("workers") ? static_cast<std::size_t>(settings.integer("workers"))
                                            : usable_processors();
  return options;
}

base::Result<int> AnonymizeCommand::report(const AnonymizeSummary& summary) const {
  if (!quiet_ && summary.failed > 0) {
    const std::string text =
        "dss: " + with_thousands(summary.failed) + " of " + with_thousands(summary.rows) +
        " rows could not be read; the first is line " + std::to_string(summary.first_failed_line) +
        ": " + summary.first_failure + "\n";
    std::fputs(text.c_str(), stderr);
  }
  return summary.failed > 0 ? kFailure : kSuccess;
}

base::Result<int> AnonymizeCommand::rewrite(const InputChoice& input,
                                            const config::Settings& settings) {
  auto source = input.kind == InputChoice::Kind::kText
                    ? base::Result<std::unique_ptr<records::ByteSource>>(
                          records::ByteSource::of_text(input.value + "\n"))
                    : records::ByteSource::open(input.value);
  if (!source) return base::fail(source.error());
  records::ChunkReader reader(source->get(), InputFormat::kText);
  auto wanted = options(settings);
  if (!wanted) return base::fail(wanted.error());
  if (input.format) {
    wanted->input = *input.format;
  } else {
    const auto first_bytes = reader.peek();
    if (!first_bytes) return base::fail(first_bytes.error());
    wanted->input = sniff_format(*first_bytes);
  }
  reader.set_format(wanted->input);
  ProgressBar progress(STDERR_FILENO, quiet_, &base::system_clock());
  const auto summary = anonymize_rows(*wanted, source->get(), &reader, &progress);
  if (!summary) return base::fail(summary.error());
  return report(*summary);
}

base::Result<int> AnonymizeCommand::run() {
  const auto settings = flags_.resolve();
  if (!settings) return base::fail(settings.error());
  if (flags_.print_asked()) {
    const base::Status written = write_output(settings->print());
    if (!written) return base::fail(written.error());
    return kSuccess;
  }
  if (argument_.empty()) {
    if (::isatty(STDIN_FILENO) == 1) {
      return base::fail(
          ErrorKind::kInvalidArgument,
          "nothing to anonymize; give a text, a file, or -; see 'dss anonymize --help'");
    }
    argument_ = "-";
  }
  const auto input = choose_input(argument_, input_format_named(input_format_));
  if (!input) return base::fail(input.error());
  const base::Status keyed = read_key(*settings);
  if (!keyed) return base::fail(keyed.error());
  return rewrite(*input, *settings);
}

}  // namespace

std::unique_ptr<Command> make_anonymize_command() { return std::make_unique<AnonymizeCommand>(); }

}  // namespace dss::app
