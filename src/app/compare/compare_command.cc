#include "app/compare/compare_command.h"

#include <charconv>
#include <fstream>

#include "CLI/App.hpp"
#include "CLI/Config.hpp"
#include "CLI/Formatter.hpp"
#include "api/perspective/attributes.h"
#include "api/perspective/scale.h"
#include "app/compare/comparison.h"
#include "app/cpu_quota.h"
#include "app/eval/csv_table.h"
#include "app/eval/scored_files.h"
#include "app/exit_status.h"
#include "app/loaded_model.h"
#include "app/output.h"
#include "base/utf8.h"
#include "fmt/format.h"

namespace dss::app {
namespace {

using base::ErrorKind;

// Rows of the archive that have a text and an old score.
struct Archive {
  std::vector<std::string> texts;
  std::vector<float> before;
};

base::Result<float> score_in(const std::string& cell) {
  float score = -1;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), score);
  if (error == std::errc() && end == cell.data() + cell.size() && score >= 0 && score <= 1) {
    return score;
  }
  return base::fail(ErrorKind::kCorrupt, "no score from 0 to 1");
}

base::Result<Archive> read_archive(const std::string& path, const std::string& text_name,
                                   const std::string& old_name) {
  const auto table = CsvTable::read(path);
  if (!table) return base::fail(table.error());
  const auto text = table->column(text_name);
  if (!text) return base::fail(text.error());
  const auto old = table->column(old_name);
  if (!old) return base::fail(old.error());
  Archive archive;
  for (std::size_t row = 0; row < table->rows(); ++row) {
    const std::string& cell = table->cell(row, *old);
    const std::string& comment = table->cell(row, *text);
    if (!base::is_valid_utf8(comment)) {
      return base::fail(ErrorKind::kCorrupt,
                        fmt::format("{}: record {}: the text is not valid UTF-8", path, row + 2));
    }
    if (cell.empty() || base::trim(comment).empty()) continue;
    const auto score = score_in(cell);
    if (!score) {
      return base::fail(ErrorKind::kCorrupt, fmt::format("{}: record {}, column {}: {}", path,
                                                         row + 2, old_name, score.error().message));
    }
    archive.texts.push_back(comment);
    archive.before.push_back(*score);
  }
  if (!archive.texts.empty()) return archive;
  return base::fail(ErrorKind::kCorrupt, path + ": no row has a text and an old score");
}

base::Result<std::size_t> label_of(const api::perspective::Attribute& attribute,
                                   const weights::Card& card) {
  for (std::size_t i = 0; i < std::min(card.labels.size(), models::kCategoryCount); ++i) {
    if (card.labels[i].name == attribute.label) return i;
  }
  return base::fail(ErrorKind::kInvalidArgument,
                    card.id + " does not answer " + std::string(attribute.name));
}

class CompareCommand final : public Command {
 public:
  std::string_view name() const override { return "compare"; }
  std::string_view summary() const override {
    return "Compare scores that the Perspective API gave with ours: which decisions change.";
  }
  std::string_view examples() const override {
    return "Rows without a text or without an old score are left out.\n\n"
           "Examples:\n"
           "  dss compare archive.csv --old-column toxicity --threshold 0.8\n"
           "  dss compare archive.csv.gz --text-column comment --old-column insult "
           "--attribute INSULT --changed changed.csv\n";
  }
  void declare(CLI::App* app) override;
  base::Result<int> run() override;

 private:
  [[nodiscard]] base::Result<std::vector<float>> score(const Archive& archive) const;
  [[nodiscard]] base::Status write_changed(const Archive& archive, const std::vector<float>& after,
                                           const Comparison& comparison) const;

  std::string file_;
  std::string text_column_ = "text";
  std::string old_column_;
  std::string attribute_ = "TOXICITY";
  std::string model_ = "bert";
  std::string models_;
  std::string changed_;
  float threshold_ = 0.7F;
  std::size_t resamples_ = 1000;
  bool no_map_ = false;
};

void CompareCommand::declare(CLI::App* app) {
  const auto flag = [app](const char* name, auto* value, const char* shown, const char* help) {
    return app->add_option(name, *value, help)->option_text(shown)->group("Flags");
  };
  app->add_option("file", file_, "CSV with a header row, gzip or not.")
      ->option_text("FILE")
      ->required();
  flag("--text-column", &text_column_, "NAME", "Column of the texts. [default: text]");
  flag("--old-column", &old_column_, "NAME", "Column of the old scores, 0 to 1. Must be given.")
      ->required();
  flag("--attribute", &attribute_, "NAME",
       "Attribute that the old scores are of. [default: TOXICITY]");
  flag("--threshold", &threshold_, "SCORE",
       "Score from which a text is flagged, 0 to 1. [default: 0.7]")
      ->check(CLI::Range(0.0, 1.0));
  flag("--model", &model_, "simple|bert|bert=DIR", "Model that scores. [default: bert]");
  flag("--models", &models_, "DIR", "Folder that holds simple/ and bert/. [default: as dss serve]");
  flag("--changed", &changed_, "FILE",
       "Writes the rows whose decision changes to this CSV file, largest difference first: old and "
       "new score, text.");
  app->add_flag("--no-map", no_map_, "Compare our probabilities, not read on Perspective's scale.")
      ->group("Flags");
  flag("--resamples", &resamples_, "N",
       "Bootstrap draws for the 95 % intervals, at most 100000; 0: no intervals. [default: 1000]")
      ->check(CLI::Range(0, 100000));
}

base::Result<std::vector<float>> CompareCommand::score(const Archive& archive) const {
  const auto* attribute = api::perspective::find_attribute(attribute_);
  if (attribute == nullptr || attribute->label.empty()) {
    return base::fail(ErrorKind::kInvalidArgument, "no model answers '" + attribute_ + "'");
  }
  const auto model = load_model(models_, attribute->fast ? "simple" : model_);
  if (!model) return base::fail(model.error());
  const weights::Card& card = *model->state.card;
  const auto label = label_of(*attribute, card);
  if (!label) return base::fail(label.error());
  const FileScorer scorer(model->engine.get(), model->name, usable_processors());
  const auto rows = scorer.probabilities({archive.texts.begin(), archive.texts.end()});
  if (!rows) return base::fail(rows.error());
  std::vector<float> scores;
  scores.reserve(rows->size());
  for (const auto& row : *rows) {
    scores.push_back(no_map_ ? row[*label]
                             : api::perspective::on_scale(card, attribute->scale, row[*label]));
  }
  return scores;
}

base::Status CompareCommand::write_changed(const Archive& archive, const std::vector<float>& after,
                                           const Comparison& comparison) const {
  std::ofstream file(changed_, std::ios::binary);
  file << "old,new,text\n";
  for (const std::size_t row : comparison.changed) {
    std::string quoted = "\"";
    for (const char c : archive.texts[row]) quoted.append(c == '"' ? 2 : 1, c);
    file << fmt::format("{},{},{}\"\n", archive.before[row], after[row], quoted);
  }
  if (file.flush()) return {};
  return base::fail(ErrorKind::kIo, changed_ + ": could not be written");
}

base::Result<int> CompareCommand::run() {
  const auto archive = read_archive(file_, text_column_, old_column_);
  if (!archive) return base::fail(archive.error());
  const auto after = score(*archive);
  if (!after) return base::fail(after.error());
  const Comparison comparison = compare_scores(archive->before, *after, threshold_, resamples_);
  if (!changed_.empty()) {
    if (const auto written = write_changed(*archive, *after, comparison); !written) {
      return base::fail(written.error());
    }
  }
  const base::Status written =
      write_output("# " + attribute_ + " before and now\n\n" + to_markdown(comparison));
  if (!written) return base::fail(written.error());
  return kSuccess;
}

}  // namespace

std::unique_ptr<Command> make_compare_command() { return std::make_unique<CompareCommand>(); }

}  // namespace dss::app
