// How an encoder reads one text, long or short.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/scores.h"
#include "scoring/encoder_model.h"
#include "scoring/linear_reader.h"
#include "text/normalize.h"
#include "text/valid.h"

namespace dss::scoring {

using TokenIds = std::vector<std::uint32_t>;

/// One text's token sequences, and what their logits mean together.
///
/// A text is read as it was written. Where normalising undid more than accents and capitals
/// ("f.u.c.k", "1d10t"), the normalised text is read as well. What is longer than the model's
/// window is read in windows of whole words, each beginning a quarter of a window before the end of
/// the one before it.
///
/// A reading's logit is the log of its windows' mean odds, each window counting by its tokens; but
/// no less than the highest window's minus kMargin, so that calm words without end do not hide an
/// insult. The highest window alone would overrate long texts: of many windows some is high by
/// chance. A label's logit is the higher of both readings.
class EncoderText {
 public:
  /// Cuts and numbers the text. REQUIRES: `model` and `text` outlive this object.
  EncoderText(const EncoderModel& model, text::Valid text, text::Normalizer* normalizer);

  /// With [CLS] and [SEP]; never empty.
  [[nodiscard]] const std::vector<TokenIds>& sequences() const { return sequences_; }
  /// Pieces of the text as it was written.
  [[nodiscard]] std::size_t tokens() const { return original_.size(); }
  [[nodiscard]] bool deobfuscated() const { return deobfuscated_; }

  /// How far below its highest window a reading may come: as for the linear model, see its card.
  static constexpr float kMargin = 2;
  /// Logit of each label, from `logits` [sequences, labels].
  [[nodiscard]] std::vector<float> combine(std::span<const float> logits) const;

  /// The sequences that explain `label`: the highest window of the reading that decided it, less a
  /// word at a time. With more than kMostOccluded words, neighbours go together. REQUIRES: `logits`
  /// as for combine().
  [[nodiscard]] std::vector<TokenIds> occlude(std::span<const float> logits, std::size_t label);
  static constexpr std::size_t kMostOccluded = 64;
  /// Shares of those words in `label`'s logit, in text order, bytes of the text: what the logit
  /// loses without the word. `logits` are those of occlude()'s sequences.
  [[nodiscard]] std::vector<Share> shares(std::span<const float> logits, std::size_t label) const;

 private:
  /// Pieces [first, last) of one of the two readings.
  struct Source {
    bool original = true;
    std::size_t first = 0;
    std::size_t last = 0;
  };
  struct Words {  // pieces [first, last) that are left out together
    std::size_t first = 0;
    std::size_t last = 0;
  };

  void read_normalized(text::Normalizer* normalizer);
  void cut(bool original);
  [[nodiscard]] const std::vector<tokenizer::Piece>& pieces(const Source& source) const {
    return source.original ? original_ : normalized_;
  }
  [[nodiscard]] TokenIds sequence(const Source& source, const Words& left_out) const;
  void find_words();
  /// The label's logit of the reading whose sequences are [first, last).
  [[nodiscard]] float combined(std::span<const float> logits, std::size_t label, std::size_t first,
                               std::size_t last) const;
  /// The number of sequences of the text as it was written; the others are of the normalised text.
  [[nodiscard]] std::size_t original_sequences() const;

  const EncoderModel& model_;
  std::string_view text_;
  std::vector<tokenizer::Piece> original_;
  std::vector<tokenizer::Piece> normalized_;
  text::Normalized form_;
  std::vector<TokenIds> sequences_;
  std::vector<Source> sources_;  // of sequences_
  bool deobfuscated_ = false;
  Source explained_;
  float explained_logit_ = 0;
  std::vector<Words> words_;
};

}  // namespace dss::scoring
