#include "scoring/engine.h"

#include <algorithm>
#include <filesystem>

#include "language/detector.h"
#include "models/calibration.h"
#include "models/linear.h"
#include "scoring/encoder_model.h"
#include "scoring/encoder_runner.h"
#include "scoring/encoder_task.h"
#include "scoring/explanation.h"
#include "scoring/linear_reader.h"

namespace dss::scoring {
namespace {

constexpr std::string_view kSimple = "simple";
constexpr std::string_view kBert = "bert";

struct LoadedLinear {
  std::shared_ptr<const weights::Card> card;
  models::LinearModel model;
  std::size_t explained = 0;  // the label that explanations and `uncertain` are about
  double load_seconds = 0;
};

// Builds the tables that are made on first use, which would otherwise fall to the first text with
// an accent.
void warm_up(const models::LinearModel& model, const base::Clock& clock) {
  Stopwatch stopwatch(clock);
  Timings ignored;
  (void)thread_linear_reader().read(model, {}, text::Valid::promise("é"), &stopwatch, &ignored);
}

base::Result<std::shared_ptr<const LoadedLinear>> load_linear(const std::string& directory,
                                                              const base::Clock& clock) {
  const base::SteadyTime begin = clock.steady();
  auto card = weights::read_card(directory);
  if (!card) return base::fail(card.error());
  auto model = models::LinearModel::open(directory, *card);
  if (!model) return base::fail(model.error());
  warm_up(*model, clock);
  const std::size_t explained = card->overall_label();
  auto shared = std::make_shared<const weights::Card>(std::move(*card));
  const double seconds = base::seconds_between(begin, clock.steady());
  return std::make_shared<const LoadedLinear>(
      LoadedLinear{std::move(shared), std::move(*model), explained, seconds});
}

// A model that names no languages is not judged by them.
bool is_supported(const weights::Card& card, std::string_view language) {
  return card.languages.empty() || language == language::kUndetermined ||
         std::find(card.languages.begin(), card.languages.end(), language) != card.languages.end();
}

}  // namespace

struct Engine::Parts {
  Config config;
  std::shared_ptr<const LoadedLinear> simple;
  std::shared_ptr<const EncoderModel> bert;  // null: not installed

  [[nodiscard]] base::Status open_encoder();
  [[nodiscard]] base::Result<Outcome> outset(std::string_view text, const weights::Card& card,
                                             std::shared_ptr<const void> model,
                                             Stopwatch* stopwatch) const;
  [[nodiscard]] base::Result<Outcome> read(std::string_view text, const Options& options) const;
  [[nodiscard]] base::Result<std::shared_ptr<EncoderTask>> task(std::string_view text,
                                                                const Options& options) const;
};

Engine::Engine(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Engine::~Engine() = default;

base::Result<std::unique_ptr<Engine>> Engine::open(const Config& config, std::string_view* failed) {
  std::string_view unused;
  std::string_view& loading = failed != nullptr ? *failed : unused;
  auto parts = std::make_unique<Parts>();
  parts->config = config;
  if (parts->config.clock == nullptr) parts->config.clock = &base::system_clock();
  loading = kSimple;
  auto simple = load_linear(config.models_directory + "/simple", *parts->config.clock);
  if (!simple) return base::fail(simple.error());
  parts->simple = std::move(*simple);
  loading = kBert;
  if (const auto opened = parts->open_encoder(); !opened) return base::fail(opened.error());
  return std::unique_ptr<Engine>(new Engine(std::move(parts)));
}

base::Status Engine::Parts::open_encoder() {
  std::string directory = config.encoder_directory;
  if (directory.empty()) {
    directory = config.models_directory + "/bert";
    std::error_code ignored;
    if (!std::filesystem::exists(directory + "/model.safetensors", ignored)) return {};
  }
  auto loaded = load_encoder(directory, {config.precision, config.instruction_set}, *config.clock);
  if (!loaded) return base::fail(loaded.error());
  const weights::Card& card = *(*loaded)->card;
  if (!card.encoder.blend.empty() && card.encoder.blend_sha256 != simple->card->sha256) {
    return base::fail(base::ErrorKind::kCorrupt,
                      directory +
                          "/card.json: was made together with another model 'simple' "
                          "(SHA-256 " +
                          card.encoder.blend_sha256.substr(0, 12) +
                          "…); install both of one release");
  }
  bert = std::move(*loaded);
  return {};
}

// What is the same for every model: the language, and whether it is welcome.
base::Result<Outcome> Engine::Parts::outset(std::string_view text, const weights::Card& card,
                                            std::shared_ptr<const void> model,
                                            Stopwatch* stopwatch) const {
  Outcome outcome;
  outcome.model = std::move(model);
  outcome.card = &card;
  outcome.language = language::detect(text).code;
  outcome.language_supported = is_supported(card, outcome.language);
  stopwatch->lap(&outcome.timings.language);
  if (!outcome.language_supported && config.foreign_language == ForeignLanguage::kRefuse) {
    return base::fail(base::ErrorKind::kUnsupportedLanguage,
                      "the text's language is " + std::string(outcome.language) +
                          ", which the model was not trained for");
  }
  return outcome;
}

base::Result<Outcome> Engine::Parts::read(std::string_view text, const Options& options) const {
  const LoadedLinear& loaded = *simple;
  const weights::Card& card = *loaded.card;
  Stopwatch stopwatch(*config.clock);
  auto begun = outset(text, card, simple, &stopwatch);
  if (!begun) return begun;
  Outcome& outcome = *begun;
  LinearReader& reader = thread_linear_reader();
  const auto valid = text::Valid::promise(text);
  const Reading reading =
      reader.read(loaded.model, card.windows, valid, &stopwatch, &outcome.timings);
  outcome.scores = models::calibrated(card.labels, reading.logit);
  outcome.deobfuscated = reading.deobfuscated;
  outcome.tokens = reading.tokens;
  outcome.code_points = base::count_code_points(text);
  const float toxic = outcome.scores.probability[loaded.explained];
  outcome.uncertain = toxic >= card.uncertain_low && toxic < card.uncertain_high;
  stopwatch.lap(&outcome.timings.infer);
  if (options.explain) {
    const auto& curve = card.labels[loaded.explained].calibration;
    const float slope = models::calibrate(curve, reading.logit[loaded.explained]).slope;
    const auto shares = reader.explain(loaded.model, valid, reading, loaded.explained);
    outcome.explanation = make_explanation(text, shares, slope, toxic);
    stopwatch.lap(&outcome.timings.postprocess);
  }
  return begun;
}

base::Result<std::shared_ptr<EncoderTask>> Engine::Parts::task(std::string_view text,
                                                               const Options& options) const {
  Stopwatch stopwatch(*config.clock);
  auto outcome = outset(text, *bert->card, bert, &stopwatch);
  if (!outcome) return base::fail(outcome.error());
  outcome->code_points = base::count_code_points(text);
  EncoderTask::Parts parts{bert, simple, {}, config.clock};
  if (!bert->card->encoder.blend.empty()) parts.linear = {&simple->model, &simple->card->windows};
  return std::make_shared<EncoderTask>(std::move(parts), text, options.explain,
                                       std::move(*outcome));
}

base::Result<Begun> Engine::begin(std::string_view text, const Options& options) const {
  if (options.model == kSimple) {
    auto outcome = parts_->read(text, options);
    if (!outcome) return base::fail(outcome.error());
    return Begun{std::move(*outcome), nullptr};
  }
  if (options.model != kBert) {
    return base::fail(base::ErrorKind::kUnknownModel,
                      "unknown model; known are 'simple' and 'bert'");
  }
  if (parts_->bert == nullptr) {
    return base::fail(base::ErrorKind::kModelMissing, "the model 'bert' is not installed");
  }
  auto task = parts_->task(text, options);
  if (!task) return base::fail(task.error());
  return Begun{std::nullopt, std::move(*task)};
}

base::Result<Outcome> Engine::score(std::string_view text, const Options& options) const {
  if (options.model == kSimple) return parts_->read(text, options);
  auto begun = begin(text, options);
  if (!begun) return base::fail(begun.error());
  const std::shared_ptr<EncoderTask> tasks[] = {begun->task};
  run_here(tasks);
  return std::move(begun->task->outcome());
}

std::vector<base::Result<Outcome>> Engine::score_all(std::span<const std::string_view> texts,
                                                     const Options& options) const {
  std::vector<base::Result<Outcome>> outcomes;
  outcomes.reserve(texts.size());
  if (options.model != kBert) {
    for (const std::string_view text : texts) outcomes.push_back(score(text, options));
    return outcomes;
  }
  std::vector<base::Result<Begun>> begun;
  std::vector<std::shared_ptr<EncoderTask>> tasks;
  for (const std::string_view text : texts) {
    begun.push_back(begin(text, options));
    if (begun.back()) tasks.push_back(begun.back()->task);
  }
  run_here(tasks);
  for (const auto& each : begun) {
    if (each) {
      outcomes.emplace_back(std::move(each->task->outcome()));
    } else {
      outcomes.emplace_back(base::fail(each.error()));
    }
  }
  return outcomes;
}

std::vector<ModelState> Engine::models() const {
  const LoadedLinear& simple = *parts_->simple;
  std::vector<ModelState> states = {
      {kSimple, true, simple.card, simple.model.memory_bytes(), simple.load_seconds}};
  if (const EncoderModel* bert = parts_->bert.get(); bert != nullptr) {
    states.push_back({kBert, true, bert->card, bert->encoder->memory_bytes(), bert->load_seconds});
  } else {
    states.push_back({kBert, false, nullptr, 0, 0});
  }
  return states;
}

}  // namespace dss::scoring
