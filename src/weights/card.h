// `card.json`: what a model is, where it comes from, how good it is, and how its logits become
// probabilities.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace dss::weights {

/// Piecewise linear map from a raw logit to a calibrated logit; the end pieces go on to infinity.
/// Points are strictly increasing in x and non-decreasing in y. probability = 1 / (1 + exp(−y)).
struct CalibrationCurve {
  std::vector<float> x;
  std::vector<float> y;
};

struct Label {
  std::string name;
  CalibrationCurve calibration;
  float threshold = 0.5F;  ///< flagged means probability ≥ threshold
};

/// How a linear model's features are made and weighted (see models/linear.h).
struct FeatureRecipe {
  std::string name;          ///< of the normaliser and n-grams; must equal the program's own
  unsigned bucket_bits = 0;  ///< 2^bits buckets
  std::string tf;            ///< "binary", "log" (1 + ln count) or "count"
  std::string norm;          ///< "joint": one L2 norm over all features
  float norm_floor = 0;      ///< shorter feature vectors are divided by this instead of their norm
};

/// How an encoder reads a text.
struct EncoderRecipe {
  bool lower_case = true;           ///< of the tokeniser
  std::size_t window_tokens = 512;  ///< a longer text is read in overlapping windows of that length
  /// What the logits of the linear model of this SHA-256 count beside the encoder's own, for each
  /// label; empty: nothing.
  std::vector<float> blend;
  std::string blend_sha256;
};

/// How a text longer than `characters` is read: whole, and in overlapping windows of about that
/// length. A label's logit is the larger of the whole text's and the highest window's minus
/// `margin` (a maximum over many inflates).
struct WindowRecipe {
  std::size_t characters = 0;  ///< bytes of normalised text; 0: whole only
  float margin = 0;
};

/// How a label's probability reads on the scale of an attribute of the Perspective API. Points are
/// (logit of the calibrated probability, that service's score): strictly increasing in x,
/// non-decreasing in y, which lies from 0 to 1; the end points' scores hold beyond them.
struct PerspectiveScale {
  std::string attribute;  ///< e.g. "TOXICITY"
  std::string label;      ///< of the model
  CalibrationCurve points;
};

/// A model's card. Immutable once read; shared by threads.
struct Card {
  std::string id;       ///< e.g. "dss-simple"
  std::string version;  ///< stands in every answer as model_version
  std::string format;   ///< "linear-ngrams-1", "bert-encoder-1"
  std::string sha256;   ///< of model.safetensors, lower-case hex
  std::uint64_t file_bytes = 0;
  std::vector<std::string> languages;         ///< ISO 639-1, trained for
  std::vector<Label> labels;                  ///< in the order of the weights' columns
  FeatureRecipe features;                     ///< linear models only
  WindowRecipe windows;                       ///< linear models only
  EncoderRecipe encoder;                      ///< encoders only
  std::vector<PerspectiveScale> perspective;  ///< may be empty
  float uncertain_low = 0;                    ///< p(toxic) in [low, high) is `uncertain`
  float uncertain_high = 0;
  std::vector<double>
      reference_histogram;  ///< share of reference texts per score bin (le 0, 10, … 100), sums to 1
  std::string json;         ///< the whole file, for /models/info: limits, training data, licence,
                            ///< evaluation, calibration

  /// The label that the score is about: "toxic" if there is one, otherwise the first whose name
  /// speaks of toxicity, otherwise the first. REQUIRES: there are labels.
  [[nodiscard]] std::size_t overall_label() const;
};

/// Format of the cards of encoders.
inline constexpr std::string_view kEncoderFormat = "bert-encoder-1";

/// Reads and checks `DIRECTORY/card.json`. Errors (kIo, kCorrupt) name file and cause in one line.
[[nodiscard]] base::Result<Card> read_card(const std::string& directory);

/// Whether `bytes`, the content of the weights file at `path`, are those that the card was written
/// for. Errors: kCorrupt, naming the file.
[[nodiscard]] base::Status verify_weights(const Card& card, const std::string& path,
                                          std::span<const std::byte> bytes);

}  // namespace dss::weights
