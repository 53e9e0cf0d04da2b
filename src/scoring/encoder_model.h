// An encoder with everything that it takes to score text by it.
#pragma once

#include <memory>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "models/encoder/encoder.h"
#include "tokenizer/wordpiece.h"
#include "weights/card.h"

namespace dss::scoring {

/// Immutable; thread-safe.
struct EncoderModel {
  std::shared_ptr<const weights::Card> card;
  std::shared_ptr<const models::Encoder> encoder;
  tokenizer::WordPiece pieces;
  std::size_t window = 0;  ///< pieces of a window, without [CLS] and [SEP]
  double load_seconds = 0;
  /// What its numbers depend on: `id/version/first digits of the weights' SHA-256/precision/
  /// instruction set`.
  std::string stamp{};
};

/// Reads a Hugging Face directory: config.json, vocab.txt, model.safetensors, and
/// tokenizer_config.json if there is one. With a card.json the weights must be those that it
/// describes; without one the labels are the configuration's, not calibrated, flagged from one half
/// on, and every language counts as supported. Errors: kIo, kCorrupt, kInvalidArgument, with file
/// and cause.
[[nodiscard]] base::Result<std::shared_ptr<const EncoderModel>> load_encoder(
    const std::string& directory, const models::Encoder::Options& options,
    const base::Clock& clock);

}  // namespace dss::scoring
