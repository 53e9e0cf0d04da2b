// One text on its way through an encoder: which sequences to compute next, and the outcome.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "models/linear.h"
#include "scoring/encoder_model.h"
#include "scoring/encoder_text.h"
#include "scoring/engine.h"
#include "scoring/stopwatch.h"
#include "weights/card.h"

namespace dss::scoring {

/// The linear model whose logits are added to the encoder's; null model: none.
struct LinearPart {
  const models::LinearModel* model = nullptr;
  const weights::WindowRecipe* windows = nullptr;
};

/// Holds the text, so that it may be finished on another thread. For one thread at a time.
class EncoderTask {
 public:
  struct Parts {
    std::shared_ptr<const EncoderModel> model;
    std::shared_ptr<const void> keep_alive;  ///< what `linear` belongs to
    LinearPart linear;
    const base::Clock* clock = nullptr;
  };

  /// Tokenises, and reads the text with the linear model.
  EncoderTask(Parts parts, std::string_view text, bool explain, Outcome outcome);

  [[nodiscard]] const std::shared_ptr<const models::Encoder>& encoder() const {
    return parts_.model->encoder;
  }
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const base::Clock& clock() const { return *parts_.clock; }
  /// What to compute now; never empty until take() answered true.
  [[nodiscard]] std::vector<TokenIds> take_sequences() { return std::exchange(pending_, {}); }
  /// Adds the time that the sequences waited and were computed for.
  void add_times(std::chrono::nanoseconds queued, std::chrono::nanoseconds inferred);
  /// Takes the logits [sequences, labels]. True: outcome() is complete. False: more is needed.
  [[nodiscard]] bool take(std::span<const float> logits);
  [[nodiscard]] Outcome& outcome() { return outcome_; }

 private:
  void score(std::span<const float> logits);
  void explain(std::span<const float> logits);

  Parts parts_;
  std::string text_;
  bool explain_;
  bool explaining_ = false;
  Outcome outcome_;
  std::unique_ptr<EncoderText> reading_;
  std::vector<float> linear_;         // logits, with their weights
  std::vector<Share> linear_shares_;  // of the explained label, with its weight
  std::size_t explained_ = 0;
  float slope_ = 1;
  std::vector<TokenIds> pending_;
};

}  // namespace dss::scoring
