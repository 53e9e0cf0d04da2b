#include "app/score/score_command.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "CLI/App.hpp"
#include "CLI/Config.hpp"
#include "CLI/Formatter.hpp"
#include "app/cpu_quota.h"
#include "app/engine_config.h"
#include "app/exit_status.h"
#include "app/output.h"
#include "app/score/bulk.h"
#include "app/score/input_choice.h"
#include "app/score/table.h"
#include "app/settings_flags.h"
#include "app/settings_table.h"
#include "base/utf8.h"

namespace dss::app {
namespace {

using base::ErrorKind;
using records::InputFormat;

class ScoreCommand final : public Command {
 public:
  std::string_view name() const override { return "score"; }
  std::string_view summary() const override { return "Score a text, or every row of a file."; }
  std::string_view examples() const override;
  void declare(CLI::App* app) override;
  base::Result<int> run() override;

 private:
  void declare_formats(CLI::App* app);
  base::Status open_engine(const config::Settings& settings);
  base::Result<int> score_text(std::string_view text);
  base::Result<int> score_whole(records::ChunkReader* reader);
  base::Result<int> score_input(const InputChoice& input, const config::Settings& settings);
  static base::Result<InputFormat> decide_format(const InputChoice& input,
                                                 records::ChunkReader* reader);
  base::Result<int> report(const BulkSummary& summary) const;
  [[nodiscard]] BulkOutput output_for(InputFormat input) const;

  SettingsFlags flags_{settings_table(), {"models", "foreign-language", "workers"}};
  std::string argument_;
  std::string model_;
  std::string input_format_;
  std::string output_format_;
  std::string text_column_ = "text";
  std::string nest_;
  bool quiet_ = false;

  std::unique_ptr<scoring::Engine> engine_;
  scoring::ModelState state_;
  std::vector<float> thresholds_;
};

std::string_view ScoreCommand::examples() const {
  return "Formats: a file is read by its ending: .csv (a header row, texts in the column 'text'), "
         ".ndjson or .jsonl\n"
         "(a JSON object with 'text' a line); anything else is one text, unless it begins with "
         "'{'. A .gz is unpacked.\n"
         "Rows keep their order and all that they had; what is added: score, toxicity_level, "
         "confidence, categories,\n"
         "model_used, model_version, language (detected; und: it cannot be told), "
         "language_supported (whether the\n"
         "model was trained for it). A row that cannot be scored keeps its place as {\"line\", "
         "\"error\"}, and the exit\n"
         "status is 1 at the end. Empty lines of CSV and NDJSON are skipped. There is no limit of "
         "length.\n\n"
         "Examples:\n"
         "  dss score \"you are a fool\"\n"
         "  dss score comments.csv --text-column comment > scored.csv\n"
         "  zcat archive.ndjson.gz | dss score - --input-format ndjson > scored.ndjson\n"
         "  dss score --input-format lines chat.log --output-format table\n"
         "  dss score -- \"-10 is a text that begins with a dash\"\n";
}

void ScoreCommand::declare_formats(CLI::App* app) {
  const auto choice = [app](const char* flag, std::string* value, const char* names,
                            const char* help) {
    std::vector<std::string> allowed;
    std::string_view rest = names;
    while (!rest.empty()) {
      const std::size_t bar = std::min(rest.find('|'), rest.size());
      allowed.emplace_back(rest.substr(0, bar));
      rest.remove_prefix(std::min(bar + 1, rest.size()));
    }
    const auto check = [allowed, names](const std::string& given) {
      const bool known = std::find(allowed.begin(), allowed.end(), given) != allowed.end();
      return known ? std::string() : "'" + given + "' is none of " + names;
    };
    app->add_option(flag, *value, help)->option_text(names)->check(check)->group("Flags");
  };
  app->add_option("--model", model_,
                  "Model that scores; bert=DIR: a Hugging Face directory of one's own. [default: "
                  "simple, or what default-model says]")
      ->option_text("simple|bert|bert=DIR")
      ->check([](const std::string& given) {
        const bool known = given == "simple" || given == "bert" || encoder_directory_in(given);
        return known ? std::string() : "'" + given + "' is none of simple|bert|bert=DIR";
      })
      ->group("Flags");
  choice("--input-format", &input_format_, "text|lines|csv|ndjson",
         "What the input is. [default: by the file's ending, see below]");
  choice("--output-format", &output_format_, "table|csv|ndjson",
         "What to print. [default: table for one text, csv for CSV, ndjson for other rows]");
}

void ScoreCommand::declare(CLI::App* app) {
  app->add_option("input", argument_,
                  "A text; or a file, if there is one of that name; or - for standard input (also "
                  "when nothing is given "
                  "and the input is no terminal).")
      ->option_text("TEXT|FILE|-");
  declare_formats(app);
  app->add_option("--text-column", text_column_,
                  "CSV column or NDJSON member that holds the text. [default: text]")
      ->option_text("NAME")
      ->group("Flags");
  app->add_option("--nest", nest_,
                  "Put what is added under one member of this name (CSV: columns NAME.score …), so "
                  "that rows keep a "
                  "'score' of their own.")
      ->option_text("NAME")
      ->group("Flags");
  app->add_flag("-q,--quiet", quiet_, "No progress bar and no summary on stderr.")->group("Flags");
  flags_.declare(app);
}

base::Status ScoreCommand::open_engine(const config::Settings& settings) {
  auto config = engine_config(settings);
  if (!config) return base::fail(config.error());
  if (const auto directory = encoder_directory_in(model_)) {
    config->encoder_directory = *directory;
    model_ = "bert";
  }
  auto engine = scoring::Engine::open(*config);
  if (!engine) return base::fail(engine.error());
  engine_ = std::move(*engine);
  if (model_.empty())
    model_ = settings.has("default-model") ? settings.text("default-model") : "simple";
  for (const scoring::ModelState& state : engine_->models()) {
    if (state.name == model_ && state.loaded) state_ = state;
  }
  if (state_.card == nullptr)
    return base::fail(ErrorKind::kModelMissing,
                      "there is no model '" + model_ + "' in " + config->models_directory);
  for (const weights::Label& label : state_.card->labels) {
    std::string key = "threshold." + label.name;
    std::replace(key.begin(), key.end(), '_', '-');
    const bool overridden = settings_table().find(key) != nullptr && settings.has(key);
    thresholds_.push_back(overridden ? static_cast<float>(settings.number(key)) : label.threshold);
  }
  return {};
}

BulkOutput ScoreCommand::output_for(InputFormat input) const {
  if (output_format_ == "table") return BulkOutput::kTable;
  if (output_format_ == "csv") return BulkOutput::kCsv;
  if (output_format_ == "ndjson") return BulkOutput::kNdjson;
  if (input == InputFormat::kText) return BulkOutput::kTable;
  return input == InputFormat::kCsv ? BulkOutput::kCsv : BulkOutput::kNdjson;
}

base::Result<int> ScoreCommand::score_text(std::string_view text) {
  if (!base::is_valid_utf8(text))
    return base::fail(ErrorKind::kInvalidArgument, "the text is not valid UTF-8");
  const std::string_view trimmed = base::trim(text);
  if (trimmed.empty()) return base::fail(ErrorKind::kInvalidArgument, "the text is empty");
  const auto outcome = engine_->score(trimmed, {.model = model_, .explain = false});
  if (!outcome) return base::fail(outcome.error());
  const base::Status written =
      write_output(text_table(*outcome, thresholds_, model_, wants_colour(STDOUT_FILENO)));
  if (!written) return base::fail(written.error());
  return kSuccess;
}

base::Result<int> ScoreCommand::report(const BulkSummary& summary) const {
  std::string text;
  if (summary.replaced > 0) {
    text += "dss: " + with_thousands(summary.replaced) +
            " rows had fields with the names of the scores; these were replaced (--nest NAME keeps "
            "both)\n";
  }
  if (summary.failed > 0) {
    text += "dss: " + with_thousands(summary.failed) + " of " + with_thousands(summary.rows) +
            " rows could not be scored; the first is line " +
            std::to_string(summary.first_failed_line) + ": " + summary.first_failure + "\n";
  }
  if (!quiet_) std::fputs(text.c_str(), stderr);
  return summary.failed > 0 ? kFailure : kSuccess;
}

/// The input's format; for a file without a telling name its first bytes decide.
base::Result<InputFormat> ScoreCommand::decide_format(const InputChoice& input,
                                                      records::ChunkReader* reader) {
  if (input.format) return *input.format;
  const auto first_bytes = reader->peek();
  if (!first_bytes) return base::fail(first_bytes.error());
  return sniff_format(*first_bytes);
}

base::Result<int> ScoreCommand::score_whole(records::ChunkReader* reader) {
  const auto chunk = reader->next();
  if (!chunk) return base::fail(chunk.error());
  return score_text(*chunk ? (*chunk)->rows() : std::string_view());
}

base::Result<int> ScoreCommand::score_input(const InputChoice& input,
                                            const config::Settings& settings) {
  auto source = input.kind == InputChoice::Kind::kText
                    ? base::Result<std::unique_ptr<records::ByteSource>>(
                          records::ByteSource::of_text(input.value))
                    : records::ByteSource::open(input.value);
  if (!source) return base::fail(source.error());
  records::ChunkReader reader(source->get(), InputFormat::kText);
  const auto format = decide_format(input, &reader);
  if (!format) return base::fail(format.error());
  reader.set_format(*format);
  BulkOptions options;
  options.input = *format;
  options.output = output_for(*format);
  if (options.input == InputFormat::kText && options.output == BulkOutput::kTable)
    return score_whole(&reader);
  options.text_name = text_column_;
  options.model = model_;
  options.nest = nest_;
  options.colour = wants_colour(STDOUT_FILENO);
  options.thresholds = thresholds_;
  options.workers = settings.has("workers") ? static_cast<std::size_t>(settings.integer("workers"))
                                            : usable_processors();
  ProgressBar progress(STDERR_FILENO, quiet_, &base::system_clock());
  const auto summary = score_rows(api::backend_of(*engine_), *state_.card, options, source->get(),
                                  &reader, &progress);
  if (!summary) return base::fail(summary.error());
  return report(*summary);
}

base::Result<int> ScoreCommand::run() {
  const auto settings = flags_.resolve();
  if (!settings) return base::fail(settings.error());
  if (flags_.print_asked()) {
    const base::Status written = write_output(settings->print());
    if (!written) return base::fail(written.error());
    return kSuccess;
  }
  if (argument_.empty()) {
    if (::isatty(STDIN_FILENO) == 1)
      return base::fail(ErrorKind::kInvalidArgument,
                        "nothing to score; give a text, a file, or -; see 'dss score --help'");
    argument_ = "-";
  }
  const auto input = choose_input(argument_, input_format_named(input_format_));
  if (!input) return base::fail(input.error());
  const base::Status opened = open_engine(*settings);
  if (!opened) return base::fail(opened.error());
  return score_input(*input, *settings);
}

}  // namespace

std::unique_ptr<Command> make_score_command() { return std::make_unique<ScoreCommand>(); }

}  // namespace dss::app
