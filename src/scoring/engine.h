// The one façade over text, language and models: serve and score alike call this and nothing below
// it.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "kernels/instruction_set.h"
#include "kernels/packed_matrix.h"
#include "models/scores.h"
#include "weights/card.h"

namespace dss::scoring {

struct Options {
  std::string_view model = "simple";
  bool explain = false;
  std::optional<base::SteadyTime> deadline{};  ///< an encoder does not begin the text after it
};

/// One word's share of the explained label's logit.
struct WordContribution {
  std::size_t begin = 0;  ///< code points of the text handed in
  std::size_t end = 0;
  float contribution = 0;
};

/// Why a text got its `toxic` probability p: bias + Σ contributions = logit = ln(p / (1 − p)),
/// after calibration.
struct Explanation {
  float logit = 0;
  float bias = 0;
  std::vector<WordContribution> words;  ///< in text order; words without influence are left out
};

/// How long each stage took; the edge records them.
struct Timings {
  std::chrono::nanoseconds normalize{};  ///< validation, normalisation, de-obfuscation
  std::chrono::nanoseconds language{};
  std::chrono::nanoseconds tokenize{};
  std::chrono::nanoseconds queue{};  ///< waiting for an encoder worker
  std::chrono::nanoseconds infer{};
  std::chrono::nanoseconds postprocess{};
};

struct Outcome {
  models::Scores scores;
  const weights::Card* card = nullptr;  ///< of the model that answered; lives as long as `model`
  std::shared_ptr<const void> model;    ///< keeps that model alive across a reload
  std::string_view language;            ///< ISO 639-1, or "und" when the detector cannot tell
  bool language_supported = false;
  bool deobfuscated = false;  ///< de-obfuscation changed the text before scoring
  bool truncated = false;     ///< some of the text was not read
  bool degraded = false;      ///< `simple` answered because the encoder had no room
  bool uncertain = false;     ///< p(toxic) lies inside the band that the card gives
  std::string_view stamp{};   ///< of an encoder, see EncoderModel; the linear model has none: it
                              ///< computes the same everywhere
  std::size_t code_points = 0;
  std::size_t tokens = 0;  ///< features (simple) or subword tokens (encoder)
  std::optional<Explanation> explanation;
  Timings timings;
};

/// State of one model slot, for /health and /models/info.
struct ModelState {
  std::string_view name;  ///< "simple", "bert"
  bool loaded = false;
  std::shared_ptr<const weights::Card> card;  ///< null when not loaded
  std::uint64_t memory_bytes = 0;
  double load_seconds = 0;
};

/// What to do with a text in a language the model was not trained for.
enum class ForeignLanguage : std::uint8_t { kMark, kRefuse };

class EncoderTask;

/// A text that was begun: either its outcome, or what an encoder must compute for it first.
struct Begun {
  std::optional<Outcome> outcome;
  std::shared_ptr<EncoderTask> task;  ///< null if there is an outcome
};

/// Thread-safe: any number of threads may score at once; scratch memory is per thread.
class Engine {
 public:
  struct Config {
    std::string models_directory;     ///< holds `simple/` and, if there is an encoder, `bert/`
    std::string encoder_directory{};  ///< of `bert` instead of that; empty: none
    kernels::Precision precision = kernels::Precision::kInt8;  ///< of the encoder
    std::optional<kernels::InstructionSet> instruction_set{};  ///< nothing: the best there is
    ForeignLanguage foreign_language = ForeignLanguage::kMark;
    const base::Clock* clock = nullptr;
  };

  /// Loads and checks every model. Errors name file and cause; then `failed`, unless it is null,
  /// becomes the name of the model.
  static base::Result<std::unique_ptr<Engine>> open(const Config& config,
                                                    std::string_view* failed = nullptr);
  ~Engine();

  /// Scores one text whole, whatever its length.
  /// REQUIRES: valid UTF-8. Errors: kUnknownModel, kModelMissing (known, not loaded),
  /// kUnsupportedLanguage.
  [[nodiscard]] base::Result<Outcome> score(std::string_view text, const Options& options) const;

  /// score() of each text. An encoder computes many at a time, which is faster than one by one.
  [[nodiscard]] std::vector<base::Result<Outcome>> score_all(
      std::span<const std::string_view> texts, const Options& options) const;

  /// Everything of score() but what an encoder computes: whoever calls this runs the task's
  /// sequences and hands their logits to it, on any thread.
  [[nodiscard]] base::Result<Begun> begin(std::string_view text, const Options& options) const;

  [[nodiscard]] std::vector<ModelState> models() const;

 private:
  struct Parts;
  explicit Engine(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace dss::scoring
