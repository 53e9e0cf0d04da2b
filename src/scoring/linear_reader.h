// How the linear model reads one text, long or short.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "models/linear.h"
#include "scoring/engine.h"
#include "scoring/stopwatch.h"
#include "scoring/windows.h"
#include "text/normalize.h"
#include "tokenizer/bucket_counter.h"
#include "tokenizer/bucket_set.h"
#include "tokenizer/ngrams.h"
#include "tokenizer/plain_ngrams.h"
#include "weights/card.h"

namespace dss::scoring {

/// What the model says, before calibration.
struct Reading {
  /// The n-grams that decided a label: all of the text, or those of one window.
  struct Decision {
    bool whole = true;
    std::size_t piece = 0;  ///< begin of the piece in the text, in bytes
    Window window;          ///< units of that piece
  };
  std::array<float, models::kMaxLabels> logit{};
  std::array<Decision, models::kMaxLabels> decision{};
  std::size_t tokens = 0;
  bool deobfuscated = false;
};

/// One word's share of a raw logit; bytes of the text handed in.
struct Share {
  std::size_t begin = 0;
  std::size_t end = 0;
  float value = 0;
};

/// Reads texts with a linear model. A text whose normalised form is longer than the card's window
/// is read whole and in windows, and each label takes the larger of the whole text's logit and the
/// highest window's minus the card's margin. Texts beyond 64 KB are normalised in pieces cut at
/// white space, so that memory stays bounded by the number of buckets; n-grams across a cut are
/// lost. A text of punctuation alone is read as one without n-grams. Linear in time. Keeps scratch
/// memory: one object per thread.
class LinearReader {
 public:
  Reading read(const models::LinearModel& model, const weights::WindowRecipe& windows,
               text::Valid text, Stopwatch* stopwatch, Timings* timings);

  /// Shares of the words in `label`'s raw logit, in text order; with the bias (and the margin, if a
  /// window decided) they make the logit. REQUIRES: the arguments and the result of the last read()
  /// on this object.
  std::vector<Share> explain(const models::LinearModel& model, text::Valid text,
                             const Reading& reading, std::size_t label);

 private:
  Reading read_nothing(const models::LinearModel& model, Reading reading);
  void read_windows(const models::LinearModel& model, const weights::WindowRecipe& windows,
                    std::size_t piece, Reading* reading);
  std::size_t normalize_piece(std::string_view bytes, std::size_t begin);
  std::span<const std::uint32_t> read_ngrams(bool with_units);
  [[nodiscard]] std::span<const std::uint32_t> ngrams_in(const Window& window) const;
  void sum_by_unit(const models::LinearModel& model, const Window& window,
                   std::vector<float>* sums) const;
  void collect_shares(const models::LinearModel& model, const Window& window, std::size_t offset,
                      std::vector<Share>* shares);

  text::Normalizer normalizer_;
  text::Normalized normalized_;
  tokenizer::NgramReader ngram_reader_;
  tokenizer::Ngrams ngrams_;
  tokenizer::PlainNgrams plain_ngrams_;
  tokenizer::BucketSet whole_;
  tokenizer::BucketSet part_;
  std::vector<Window> windows_;
  tokenizer::BucketCounter explained_;
  std::vector<float> feature_shares_;  // of one occurrence each, in the order of explained_
};

/// The calling thread's own.
[[nodiscard]] LinearReader& thread_linear_reader();

}  // namespace dss::scoring
