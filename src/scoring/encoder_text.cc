#include "scoring/encoder_text.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "scoring/pieces.h"

namespace dss::scoring {
namespace {

bool white(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

}  // namespace

EncoderText::EncoderText(const EncoderModel& model, text::Valid text, text::Normalizer* normalizer)
    : model_(model), text_(text.bytes()) {
  model_.pieces.append(text, &original_);
  read_normalized(normalizer);
  cut(true);
  if (!normalized_.empty()) cut(false);
}

// Only pieces of the text in which something was undone are read a second time.
void EncoderText::read_normalized(text::Normalizer* normalizer) {
  std::size_t begin = 0;
  do {
    const std::size_t end = piece_end(text_, begin);
    normalizer->run(text::Valid::promise(text_.substr(begin, end - begin)), &form_);
    if (form_.deobfuscated) {
      deobfuscated_ = true;
      const std::size_t known = normalized_.size();
      model_.pieces.append(text::Valid::promise(form_.text), &normalized_);
      for (std::size_t i = known; i < normalized_.size(); ++i) {
        tokenizer::Piece& piece = normalized_[i];
        piece.end = static_cast<std::uint32_t>(begin + form_.origin.end_of(piece.end - 1));
        piece.begin = static_cast<std::uint32_t>(begin + form_.origin.begin_of(piece.begin));
      }
    }
    begin = end;
  } while (begin < text_.size());
}

void EncoderText::cut(bool original) {
  const auto& all = original ? original_ : normalized_;
  const std::size_t window = model_.window;
  std::size_t first = 0;
  while (true) {
    std::size_t last = std::min(first + window, all.size());
    if (last < all.size()) {
      // Back to where a word begins, unless one word fills the window.
      std::size_t word = last;
      while (word > first && !all[word].begins_word) --word;
      if (word > first) last = word;
    }
    sources_.push_back({original, first, last});
    sequences_.push_back(sequence(sources_.back(), {}));
    if (last == all.size()) return;
    std::size_t next = last - std::min(window / 4, (last - first) / 2);
    while (next > first && !all[next].begins_word) --next;
    first = next > first ? next : last;
  }
}

TokenIds EncoderText::sequence(const Source& source, const Words& left_out) const {
  const auto& all = pieces(source);
  TokenIds ids;
  ids.reserve(source.last - source.first + 2);
  ids.push_back(model_.pieces.first());
  for (std::size_t i = source.first; i < source.last; ++i) {
    if (i < left_out.first || i >= left_out.last) ids.push_back(all[i].id);
  }
  ids.push_back(model_.pieces.separator());
  return ids;
}

std::size_t EncoderText::original_sequences() const {
  const auto split = std::find_if(sources_.begin(), sources_.end(),
                                  [](const Source& source) { return !source.original; });
  return static_cast<std::size_t>(split - sources_.begin());
}

float EncoderText::combined(std::span<const float> logits, std::size_t label, std::size_t first,
                            std::size_t last) const {
  const std::size_t labels = logits.size() / sequences_.size();
  float highest = -std::numeric_limits<float>::infinity();
  for (std::size_t i = first; i < last; ++i) {
    highest = std::max(highest, logits[i * labels + label]);
  }
  if (last - first < 2) return highest;
  double odds = 0;  // in units of the highest window's
  double tokens = 0;
  for (std::size_t i = first; i < last; ++i) {
    const auto weight = static_cast<double>(sources_[i].last - sources_[i].first);
    odds += weight * std::exp(static_cast<double>(logits[i * labels + label] - highest));
    tokens += weight;
  }
  return std::max(highest + static_cast<float>(std::log(odds / tokens)), highest - kMargin);
}

std::vector<float> EncoderText::combine(std::span<const float> logits) const {
  const std::size_t split = original_sequences();
  std::vector<float> all(logits.size() / sequences_.size());
  for (std::size_t label = 0; label < all.size(); ++label) {
    all[label] = std::max(combined(logits, label, 0, split),
                          combined(logits, label, split, sequences_.size()));
  }
  return all;
}

std::vector<TokenIds> EncoderText::occlude(std::span<const float> logits, std::size_t label) {
  const std::size_t labels = logits.size() / sequences_.size();
  const std::size_t split = original_sequences();
  const bool as_written =
      combined(logits, label, 0, split) >= combined(logits, label, split, sequences_.size());
  const std::size_t last = as_written ? split : sequences_.size();
  std::size_t decided = as_written ? 0 : split;
  for (std::size_t i = decided + 1; i < last; ++i) {
    if (logits[i * labels + label] > logits[decided * labels + label]) decided = i;
  }
  explained_ = sources_[decided];
  explained_logit_ = logits[decided * labels + label];
  find_words();
  std::vector<TokenIds> all;
  all.reserve(words_.size());
  for (const Words& words : words_) all.push_back(sequence(explained_, words));
  return all;
}

// What stands between white space in the text as it was written is one word for a reader.
void EncoderText::find_words() {
  const auto& all = pieces(explained_);
  std::vector<Words> words;
  for (std::size_t i = explained_.first; i < explained_.last; ++i) {
    const bool apart = words.empty() || std::any_of(text_.begin() + all[i - 1].end,
                                                    text_.begin() + all[i].begin, white);
    if (apart) words.push_back({i, i});
    words.back().last = i + 1;
  }
  const std::size_t together = (words.size() + kMostOccluded - 1) / kMostOccluded;
  words_.clear();
  for (std::size_t i = 0; i < words.size(); i += together) {
    const std::size_t last = std::min(i + together, words.size()) - 1;
    words_.push_back({words[i].first, words[last].last});
  }
}

std::vector<Share> EncoderText::shares(std::span<const float> logits, std::size_t label) const {
  std::vector<Share> shares;
  if (words_.empty()) return shares;
  const auto& all = pieces(explained_);
  const std::size_t labels = logits.size() / words_.size();
  for (std::size_t i = 0; i < words_.size(); ++i) {
    shares.push_back({all[words_[i].first].begin, all[words_[i].last - 1].end,
                      explained_logit_ - logits[i * labels + label]});
  }
  return shares;
}

}  // namespace dss::scoring
