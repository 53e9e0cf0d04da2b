#include "scoring/engine.h"

#include <algorithm>

#include "language/detector.h"
#include "models/calibration.h"
#include "models/linear.h"
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

std::size_t index_of_toxic(const weights::Card& card) {
  const auto found = std::find_if(
      card.labels.begin(), card.labels.end(),
      [](const weights::Label& label) { return label.name == models::kCategoryNames[0]; });
  return found == card.labels.end() ? 0 : static_cast<std::size_t>(found - card.labels.begin());
}

LinearReader& thread_reader() {
  static thread_local LinearReader reader;
  return reader;
}

// Builds the tables that are made on first use, which would otherwise fall to the first text with
// an accent.
void warm_up(const models::LinearModel& model, const base::Clock& clock) {
  Stopwatch stopwatch(clock);
  Timings ignored;
  (void)thread_reader().read(model, {}, text::Valid::promise("é"), &stopwatch, &ignored);
}

base::Result<std::shared_ptr<const LoadedLinear>> load_linear(const std::string& directory,
                                                              const base::Clock& clock) {
  const base::SteadyTime begin = clock.steady();
  auto card = weights::read_card(directory);
  if (!card) return base::fail(card.error());
  auto model = models::LinearModel::open(directory, *card);
  if (!model) return base::fail(model.error());
  warm_up(*model, clock);
  const std::size_t explained = index_of_toxic(*card);
  auto shared = std::make_shared<const weights::Card>(std::move(*card));
  const double seconds = base::seconds_between(begin, clock.steady());
  return std::make_shared<const LoadedLinear>(
      LoadedLinear{std::move(shared), std::move(*model), explained, seconds});
}

bool is_supported(const weights::Card& card, std::string_view language) {
  return language == language::kUndetermined ||
         std::find(card.languages.begin(), card.languages.end(), language) != card.languages.end();
}

models::Scores calibrated(const weights::Card& card, const Reading& reading) {
  models::Scores scores;
  scores.count = card.labels.size();
  for (std::size_t label = 0; label < scores.count; ++label) {
    scores.logit[label] = reading.logit[label];
    scores.probability[label] = models::probability_of(
        models::calibrate(card.labels[label].calibration, reading.logit[label]).logit);
  }
  return scores;
}

}  // namespace

struct Engine::Parts {
  Config config;
  std::shared_ptr<const LoadedLinear> simple;
};

Engine::Engine(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Engine::~Engine() = default;

base::Result<std::unique_ptr<Engine>> Engine::open(const Config& config) {
  auto parts = std::make_unique<Parts>();
  parts->config = config;
  if (parts->config.clock == nullptr) parts->config.clock = &base::system_clock();
  auto simple = load_linear(config.models_directory + "/simple", *parts->config.clock);
  if (!simple) return base::fail(simple.error());
  parts->simple = std::move(*simple);
  return std::unique_ptr<Engine>(new Engine(std::move(parts)));
}

base::Result<Outcome> Engine::score(std::string_view text, const Options& options) const {
  if (options.model == kBert) {
    return base::fail(base::ErrorKind::kUnavailable, "the model 'bert' is not installed");
  }
  if (options.model != kSimple) {
    return base::fail(base::ErrorKind::kUnknownModel,
                      "unknown model; known are 'simple' and 'bert'");
  }
  const LoadedLinear& loaded = *parts_->simple;
  const weights::Card& card = *loaded.card;
  Stopwatch stopwatch(*parts_->config.clock);
  Outcome outcome;
  outcome.model = parts_->simple;
  outcome.card = &card;
  outcome.language = language::detect(text).code;
  outcome.language_supported = is_supported(card, outcome.language);
  stopwatch.lap(&outcome.timings.language);
  if (!outcome.language_supported && parts_->config.foreign_language == ForeignLanguage::kRefuse) {
    return base::fail(base::ErrorKind::kUnsupportedLanguage,
                      "the text's language is " + std::string(outcome.language) +
                          ", which the model was not trained for");
  }
  LinearReader& reader = thread_reader();
  const auto valid = text::Valid::promise(text);
  const Reading reading =
      reader.read(loaded.model, card.windows, valid, &stopwatch, &outcome.timings);
  outcome.scores = calibrated(card, reading);
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
  return outcome;
}

std::vector<ModelState> Engine::models() const {
  const LoadedLinear& simple = *parts_->simple;
  return {{kSimple, true, simple.card, simple.model.memory_bytes(), simple.load_seconds},
          {kBert, false, nullptr, 0, 0}};
}

}  // namespace dss::scoring
