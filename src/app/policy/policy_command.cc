#include "app/policy/policy_command.h"

#include <unistd.h>

#include <cstdio>

#include "CLI/CLI.hpp"
#include "app/engine_config.h"
#include "app/exit_status.h"
#include "app/output.h"
#include "app/policy/policy_file.h"
#include "app/policy/trial.h"
#include "app/score/input_choice.h"
#include "app/settings_flags.h"
#include "app/settings_table.h"
#include "app/threshold_settings.h"
#include "config/read_file.h"
#include "records/row_reader.h"
#include "scoring/engine.h"

namespace dss::app {
namespace {

using base::ErrorKind;

class PolicyCommand final : public Command {
 public:
  std::string_view name() const override { return "policy"; }
  std::string_view summary() const override { return "Check policy files, or try one on texts."; }
  std::string_view examples() const override {
    return "'check' explains every mistake with its line and cure. 'try' reads texts from standard "
           "input as 'dss\n"
           "score' does and prints a JSON line for each text to which the policy gives another "
           "action than the\n"
           "thresholds alone; the counts follow on stderr. No text is printed.\n\n"
           "Examples:\n"
           "  dss policy check policies/*.toml\n"
           "  dss policy try policies/games.toml --input-format csv --text-column comment < "
           "comments.csv\n";
  }
  void declare(CLI::App* app) override;
  base::Result<int> run() override;

 private:
  base::Result<int> check();
  base::Result<int> try_policy(const config::Settings& settings);
  base::Status try_rows(const scoring::Engine& engine, Trial* trial);
  base::Status try_chunk(const records::Chunk& chunk, const scoring::Engine& engine,
                         records::RowReader* rows, Trial* trial);

  SettingsFlags flags_{settings_table(), {"models", "default-model"}};
  std::vector<std::string> words_;
  std::string input_format_;
  std::string text_column_ = "text";
  std::string model_ = "simple";
};

void PolicyCommand::declare(CLI::App* app) {
  app->add_option("arguments", words_, "What to do, and the files to do it with.")
      ->option_text("check|try FILE...");
  app->add_option("--input-format", input_format_,
                  "What standard input is. [default: ndjson if it begins with {, else lines]")
      ->option_text("lines|csv|ndjson")
      ->check([](const std::string& given) {
        const bool known = given == "lines" || given == "csv" || given == "ndjson";
        return known ? std::string() : "'" + given + "' is none of lines|csv|ndjson";
      })
      ->group("Flags");
  app->add_option("--text-column", text_column_,
                  "CSV column or NDJSON member that holds the text. [default: text]")
      ->option_text("NAME")
      ->group("Flags");
  flags_.declare(app);
}

base::Result<int> PolicyCommand::check() {
  int status = kSuccess;
  std::string out;
  for (std::size_t i = 1; i < words_.size(); ++i) {
    const std::string& file = words_[i];
    const auto text = config::read_file(file);
    if (!text) return base::fail(text.error());
    const PolicyDraft draft = parse_policy(*text);
    for (const PolicyMistake& mistake : draft.mistakes) out += describe(mistake, file) + "\n";
    if (draft.mistakes.empty()) {
      out += file + ": right: policy '" + draft.policy.id + "', version " + draft.policy.version +
             "\n";
    } else {
      status = kFailure;
    }
  }
  const base::Status written = write_output(out);
  if (!written) return base::fail(written.error());
  return status;
}

base::Status PolicyCommand::try_chunk(const records::Chunk& chunk, const scoring::Engine& engine,
                                      records::RowReader* rows, Trial* trial) {
  std::string out;
  records::Row row;
  rows->start(chunk);
  while (rows->next(&row)) {
    const auto outcome = row.error.empty()
                             ? engine.score(row.text, {.model = model_, .explain = false})
                             : base::fail(ErrorKind::kInvalidArgument, row.error);
    if (outcome) {
      trial->take(row.line, row.text, *outcome, &out);
    } else {
      trial->fail();
    }
  }
  return write_output(out);
}

base::Status PolicyCommand::try_rows(const scoring::Engine& engine, Trial* trial) {
  auto source = records::ByteSource::open("-");
  if (!source) return base::fail(source.error());
  records::Schema schema;
  schema.text_name = text_column_;
  records::ChunkReader reader(source->get(), records::InputFormat::kLines);
  const auto first_bytes = reader.peek();
  if (!first_bytes) return base::fail(first_bytes.error());
  const bool object = first_bytes->starts_with('{');
  schema.format =
      input_format_named(input_format_)
          .value_or(object ? records::InputFormat::kNdjson : records::InputFormat::kLines);
  reader.set_format(schema.format);
  records::RowReader rows(&schema);
  for (bool first = true;; first = false) {
    auto chunk = reader.next();
    if (!chunk) return base::fail(chunk.error());
    if (!*chunk) return {};
    if (first && schema.format == records::InputFormat::kCsv) {
      if (const auto read = records::read_csv_header(&**chunk, &schema); !read) return read;
    }
    if (const auto done = try_chunk(**chunk, engine, &rows, trial); !done) return done;
  }
}

base::Result<int> PolicyCommand::try_policy(const config::Settings& settings) {
  if (words_.size() != 2) {
    return base::fail(ErrorKind::kInvalidArgument, "'dss policy try' takes one policy file");
  }
  const auto policy = read_policy_file(words_[1]);
  if (!policy) return base::fail(policy.error());
  if (::isatty(STDIN_FILENO) == 1) {
    return base::fail(ErrorKind::kInvalidArgument,
                      "nothing to try it on; pass texts on standard input: dss policy try " +
                          words_[1] + " < texts");
  }
  const auto config = engine_config(settings);
  if (!config) return base::fail(config.error());
  const auto engine = scoring::Engine::open(*config);
  if (!engine) return base::fail(engine.error());
  if (settings.has("default-model")) model_ = settings.text("default-model");
  const policy::Thresholds operators = operator_thresholds(settings);
  Trial trial(&*policy, &operators);
  if (const base::Status done = try_rows(**engine, &trial); !done) return base::fail(done.error());
  std::fputs(describe(trial.counts()).c_str(), stderr);
  return trial.counts().failed > 0 ? kFailure : kSuccess;
}

base::Result<int> PolicyCommand::run() {
  const auto settings = flags_.resolve();
  if (!settings) return base::fail(settings.error());
  if (flags_.print_asked()) {
    const base::Status written = write_output(settings->print());
    if (!written) return base::fail(written.error());
    return kSuccess;
  }
  const std::string action = words_.empty() ? "" : words_.front();
  if (action != "check" && action != "try") {
    return base::fail(ErrorKind::kInvalidArgument,
                      "say what to do: check or try; see 'dss policy --help'");
  }
  if (words_.size() < 2) {
    return base::fail(ErrorKind::kInvalidArgument,
                      "name a policy file: dss policy " + action + " FILE");
  }
  return action == "check" ? check() : try_policy(*settings);
}

}  // namespace

std::unique_ptr<Command> make_policy_command() { return std::make_unique<PolicyCommand>(); }

}  // namespace dss::app
