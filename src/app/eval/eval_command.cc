#include "app/eval/eval_command.h"

#include <filesystem>
#include <string>

#include "CLI/App.hpp"
#include "CLI/Config.hpp"
#include "CLI/Formatter.hpp"
#include "app/cpu_quota.h"
#include "app/eval/perspective_figures.h"
#include "app/eval/report.h"
#include "app/eval/scored_files.h"
#include "app/exit_status.h"
#include "app/loaded_model.h"
#include "app/output.h"

namespace dss::app {
namespace {

base::Result<Thresholds> thresholds_of(const weights::Card& card) {
  Thresholds thresholds{};
  if (card.labels.size() != thresholds.size()) {
    return base::fail(base::ErrorKind::kInvalidArgument,
                      card.id + " does not have the six categories that dss eval measures");
  }
  for (std::size_t i = 0; i < thresholds.size(); ++i) thresholds[i] = card.labels[i].threshold;
  return thresholds;
}

// Scores that the Perspective API gave in 2018.
constexpr const char* kOldScores = "training/perspective/perspective_2018_scores.csv.gz";

class EvalCommand final : public Command {
 public:
  std::string_view name() const override { return "eval"; }
  std::string_view summary() const override {
    return "Measure a model on labelled texts: ranking, decisions, calibration, HateCheck.";
  }
  std::string_view examples() const override {
    return "Examples:\n"
           "  dss eval                                 the table of the README\n"
           "  dss eval --json > figures.json           the same for a script\n"
           "  dss eval --models my/models --resamples 0\n"
           "                                           a model of one's own, without intervals\n"
           "  dss eval --model bert --perspective      how far old thresholds keep their meaning\n";
  }
  void declare(CLI::App* app) override {
    const auto flag = [app](const char* name, auto* value, const char* shown, const char* help) {
      return app->add_option(name, *value, help)->option_text(shown)->group("Flags");
    };
    flag("--model", &model_, "simple|bert|bert=DIR", "Model to measure. [default: simple]");
    flag("--models", &models_, "DIR",
         "Folder that holds simple/ and bert/. [default: as dss serve]");
    flag("--data", &data_, "DIR",
         "Folder with jigsaw_test.csv.gz, obfuscated_test.csv.gz, calibration_natural.csv.gz, "
         "hatecheck.csv.gz and near_misses.txt; what is not there is left out. [default: "
         "evaluation]");
    flag("--perspective", &perspective_, "[FILE]",
         "Measure instead how well the scores stand for those of the Perspective API, and fit the "
         "map: a CSV with that service's scores.")
        ->expected(0, 1)
        ->default_str(kOldScores);
    flag("--resamples", &resamples_, "N",
         "Bootstrap draws for the 95 % intervals, at most 100000; 0: no intervals. [default: "
         "1000]")
        ->check(CLI::Range(0, 100000));
    app->add_flag("--json", json_, "One JSON object instead of Markdown.")->group("Flags");
  }
  base::Result<int> run() override;

 private:
  base::Status measure(const FileScorer& scorer, const Thresholds& thresholds,
                       EvaluationReport* report) const;
  /// Path of a data file that is there, else empty.
  [[nodiscard]] std::string file(const char* file_name) const {
    std::string path = data_ + "/" + file_name;
    return std::filesystem::exists(path) ? path : std::string();
  }

  std::string model_ = "simple";
  std::string models_;
  std::string data_ = "evaluation";
  std::string perspective_;  ///< empty: not asked for
  std::size_t resamples_ = 1000;
  bool json_ = false;
};

base::Result<int> EvalCommand::run() {
  const auto model = load_model(models_, model_);
  if (!model) return base::fail(model.error());
  const weights::Card& card = *model->state.card;
  const auto thresholds = thresholds_of(card);
  if (!thresholds) return base::fail(thresholds.error());
  EvaluationReport report{.model = model->name, .version = card.version, .sha256 = card.sha256};
  const FileScorer scorer(model->engine.get(), model->name, usable_processors());
  const base::Status measured = measure(scorer, *thresholds, &report);
  if (!measured) return base::fail(measured.error());
  const base::Status written = write_output(json_ ? to_json(report) + "\n" : to_markdown(report));
  if (!written) return base::fail(written.error());
  return kSuccess;
}

base::Status EvalCommand::measure(const FileScorer& scorer, const Thresholds& thresholds,
                                  EvaluationReport* report) const {
  if (!perspective_.empty()) {
    auto figures = perspective_figures(scorer, perspective_, resamples_);
    if (!figures) return base::fail(figures.error());
    report->perspective = std::move(*figures);
    return {};
  }
  bool any = false;
  const auto take = [&any](auto result, auto put) -> base::Status {
    if (!result) return base::fail(result.error());
    put(*result);
    any = true;
    return {};
  };
  base::Status status;
  if (const auto path = file("jigsaw_test.csv.gz"); status && !path.empty()) {
    status = take(scorer.labelled(path), [&](const ScoredRows& rows) {
      report->test = ranking_figures(rows, thresholds, resamples_);
    });
  }
  if (const auto path = file("obfuscated_test.csv.gz"); status && !path.empty()) {
    status = take(scorer.labelled(path), [&](const ScoredRows& rows) {
      report->obfuscated = ranking_figures(rows, thresholds, resamples_);
    });
  }
  if (const auto path = file("calibration_natural.csv.gz"); status && !path.empty()) {
    status = take(scorer.labelled(path),
                  [&](const ScoredRows& rows) { report->calibration = calibration_figures(rows); });
  }
  if (const auto path = file("hatecheck.csv.gz"); status && !path.empty()) {
    status = take(scorer.hatecheck(path), [&](const std::vector<HateCheckCase>& cases) {
      report->hatecheck = hatecheck_figures(cases, thresholds);
    });
  }
  if (const auto path = file("near_misses.txt"); status && !path.empty()) {
    status = take(scorer.near_misses(path, thresholds),
                  [&](const NearMissFigures& figures) { report->near_misses = figures; });
  }
  if (status && !any) {
    return base::fail(base::ErrorKind::kNotFound,
                      data_ +
                          ": no evaluation file there; run it in the repository's root or give "
                          "--data DIR");
  }
  return status;
}

}  // namespace

std::unique_ptr<Command> make_eval_command() { return std::make_unique<EvalCommand>(); }

}  // namespace dss::app
