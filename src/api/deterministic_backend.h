// A backend for tests and benchmarks whose answer is written in the text: no weights, no
// randomness.
#pragma once

#include <charconv>
#include <cmath>
#include <limits>
#include <string>

#include "api/backend.h"
#include "base/utf8.h"

namespace dss::api {

inline const weights::Card& deterministic_card() {
  static const weights::Card card = [] {
    weights::Card made;
    made.id = "test-model";
    made.version = "1.2.3";
    made.format = "linear-ngrams-1";
    made.sha256 = std::string(64, 'a');
    made.file_bytes = 12345;
    made.languages = {"en"};
    for (const std::string_view name : models::kCategoryNames) {
      made.labels.push_back({.name = std::string(name), .calibration = {}, .threshold = 0.5F});
    }
    made.json = R"({"id":"test-model","limits":"none"})";
    return made;
  }();
  return card;
}

/// `word` followed by a number somewhere in the text: `p=0.91`; else `otherwise`.
inline float number_behind(std::string_view text, std::string_view word, float otherwise) {
  const std::size_t at = text.find(word);
  if (at == text.npos) return otherwise;
  std::from_chars(text.data() + at + word.size(), text.data() + text.size(), otherwise);
  return otherwise;
}

inline scoring::Explanation deterministic_explanation(std::string_view text, float p) {
  scoring::Explanation explanation{.logit = std::log(p / (1 - p)), .bias = -3, .words = {}};
  explanation.words.push_back({.begin = 0,
                               .end = base::count_code_points(text),
                               .contribution = explanation.logit - explanation.bias});
  return explanation;
}

inline base::Result<scoring::Outcome> deterministic_score(std::string_view text,
                                                          const scoring::Options& options) {
  const auto says = [text](std::string_view word) { return text.find(word) != text.npos; };
  if (options.model == "bert") {
    return base::fail(base::ErrorKind::kModelMissing, "the model 'bert' is not loaded");
  }
  if (says("[refuse]")) {
    return base::fail(base::ErrorKind::kUnsupportedLanguage, "the language 'xx' is not supported");
  }
  if (says("[busy]")) return base::fail(base::ErrorKind::kUnavailable, "the queue is full");
  if (says("[break]")) return base::fail(base::ErrorKind::kInternal, "secret detail of a defect");
  scoring::Outcome outcome;
  outcome.card = &deterministic_card();
  const float p =
      says("[nan]") ? std::numeric_limits<float>::quiet_NaN() : number_behind(text, "p=", 0.05F);
  outcome.scores.count = models::kCategoryCount;
  for (std::size_t i = 0; i < outcome.scores.count; ++i) {
    outcome.scores.probability[i] = std::ldexp(p, -static_cast<int>(i));
  }
  outcome.language = says("[foreign]") ? "fr" : says("[und]") ? "und" : "en";
  outcome.language_supported = outcome.language != "fr";
  outcome.deobfuscated = says("[leet]");
  outcome.truncated = says("[long]");
  outcome.uncertain = p > 0.4F && p < 0.6F;
  outcome.code_points = base::count_code_points(text);
  if (options.explain) outcome.explanation = deterministic_explanation(text, p);
  return outcome;
}

/// `simple` answers p(toxic) = 0.05, or what the text says as `p=0.91`; each further category has
/// half of the one before. `[refuse]`, `[break]`, `[nan]`, `[foreign]`, `[und]`, `[leet]` and
/// `[long]` in the text make those cases happen. `bert` is known but not loaded.
inline Backend deterministic_backend() {
  return {.score = deterministic_score, .models = [] {
            scoring::ModelState simple;
            simple.name = "simple";
            simple.loaded = true;
            simple.card = {std::shared_ptr<void>(), &deterministic_card()};
            simple.memory_bytes = 4096;
            simple.load_seconds = 0.25;
            scoring::ModelState bert;
            bert.name = "bert";
            return std::vector<scoring::ModelState>{simple, bert};
          }};
}

}  // namespace dss::api
