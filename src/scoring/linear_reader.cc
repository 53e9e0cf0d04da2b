#include "scoring/linear_reader.h"

#include <algorithm>
#include <limits>

#include "scoring/pieces.h"

namespace dss::scoring {
namespace {

// Whether there is a letter, a digit, or a sign beyond ASCII (which may be an emoji).
bool has_content(std::string_view normalized) {
  return std::any_of(normalized.begin(), normalized.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<signed char>(c) < 0;
  });
}

unsigned shift_of(const models::LinearModel& model) { return 32 - model.bits(); }

}  // namespace

Reading LinearReader::read(const models::LinearModel& model, const weights::WindowRecipe& windows,
                           text::Valid text, Stopwatch* stopwatch, Timings* timings) {
  Reading reading;
  const std::string_view bytes = text.bytes();
  whole_.start_over(model.bits());
  reading.logit.fill(-std::numeric_limits<float>::infinity());
  std::size_t begin = 0;
  bool content = false;
  do {
    const std::size_t end = normalize_piece(bytes, begin);
    content = content || has_content(normalized_.text);
    reading.deobfuscated |= normalized_.deobfuscated;
    stopwatch->lap(&timings->normalize);
    const bool longer = end - begin < bytes.size() || normalized_.text.size() > windows.characters;
    const bool in_windows = windows.characters > 0 && longer;
    const auto hashes = read_ngrams(in_windows);
    reading.tokens += hashes.size();
    stopwatch->lap(&timings->tokenize);
    whole_.add(hashes, [&model](std::uint32_t bucket) { model.prefetch(bucket); });
    if (in_windows) read_windows(model, windows, begin, &reading);
    begin = end;
  } while (begin < bytes.size());
  whole_.finish();
  if (!content) return read_nothing(model, reading);
  const auto logits = model.logits(whole_.buckets());
  for (std::size_t label = 0; label < model.labels(); ++label) {
    if (logits[label] < reading.logit[label]) continue;
    reading.logit[label] = logits[label];
    reading.decision[label] = {};
  }
  return reading;
}

std::size_t LinearReader::normalize_piece(std::string_view bytes, std::size_t begin) {
  const std::size_t end = piece_end(bytes, begin);
  normalizer_.run(text::Valid::promise(bytes.substr(begin, end - begin)), &normalized_);
  return end;
}

// Those of the normalised piece; `ngrams_` has them and their units at least if `with_units`.
std::span<const std::uint32_t> LinearReader::read_ngrams(bool with_units) {
  if (!with_units && plain_ngrams_.read(normalized_.text, normalized_.shouts)) {
    return plain_ngrams_.hashes();
  }
  ngram_reader_.read(normalized_.text, normalized_.shouts, &ngrams_);
  return ngrams_.hashes();
}

// Punctuation alone says nothing: with hardly any features, one of them would decide alone.
Reading LinearReader::read_nothing(const models::LinearModel& model, Reading reading) {
  whole_.start_over(model.bits());
  const auto logits = model.logits({});
  std::copy_n(logits.begin(), model.labels(), reading.logit.begin());
  reading.decision.fill({});
  return reading;
}

void LinearReader::read_windows(const models::LinearModel& model,
                                const weights::WindowRecipe& windows, std::size_t piece,
                                Reading* reading) {
  cut_windows(normalized_.text, ngrams_.units(), windows.characters, &windows_);
  for (const Window& window : windows_) {
    part_.start_over(model.bits());
    part_.add(ngrams_.between(window.first, window.last), [](std::uint32_t /*bucket*/) {});
    const auto logits = model.logits(part_.buckets());
    for (std::size_t label = 0; label < model.labels(); ++label) {
      const float logit = logits[label] - windows.margin;
      if (logit <= reading->logit[label]) continue;
      reading->logit[label] = logit;
      reading->decision[label] = {false, piece, window};
    }
  }
}

std::vector<Share> LinearReader::explain(const models::LinearModel& model, text::Valid text,
                                         const Reading& reading, std::size_t label) {
  if (whole_.buckets().empty()) return {};
  const std::string_view bytes = text.bytes();
  const Reading::Decision& decision = reading.decision[label];
  const auto each_piece = [&](const auto& use) {
    std::size_t begin = decision.whole ? 0 : decision.piece;
    do {
      const std::size_t end = normalize_piece(bytes, begin);
      ngram_reader_.read(normalized_.text, normalized_.shouts, &ngrams_);
      use(begin);
      begin = end;
    } while (decision.whole && begin < bytes.size());
  };
  explained_.start_over();
  each_piece([&](std::size_t /*begin*/) {
    const unsigned shift = shift_of(model);
    for (const std::uint32_t hash : ngrams_in(decision.window)) explained_.add(hash >> shift);
  });
  model.attribute(explained_.buckets(), label, &feature_shares_);
  for (std::size_t i = 0; i < feature_shares_.size(); ++i) {
    feature_shares_[i] /= static_cast<float>(explained_.counts()[i]);
  }
  std::vector<Share> shares;
  each_piece([&](std::size_t begin) { collect_shares(model, decision.window, begin, &shares); });
  return shares;
}

// Those of the window's units, as far as the piece has them.
std::span<const std::uint32_t> LinearReader::ngrams_in(const Window& window) const {
  return ngrams_.between(window.first, std::min(window.last, ngrams_.units().size()));
}

// Sums the shares of the window's n-grams by unit; a pair's is shared by the units of its words.
void LinearReader::sum_by_unit(const models::LinearModel& model, const Window& window,
                               std::vector<float>* sums) const {
  const auto& units = ngrams_.units();
  const auto hashes = ngrams_.hashes();
  const std::size_t last = std::min(window.last, units.size());
  sums->assign(units.size(), 0);
  auto pair = ngrams_.pairs().begin();
  for (std::size_t unit = window.first; unit < last; ++unit) {
    for (std::uint32_t i = ngrams_.begin_of(unit); i < units[unit].end; ++i) {
      const float share = feature_shares_[explained_.index_of(hashes[i] >> shift_of(model))];
      while (pair != ngrams_.pairs().end() && pair->ngram < i) ++pair;
      const bool shared =
          pair != ngrams_.pairs().end() && pair->ngram == i && pair->first >= window.first;
      (*sums)[unit] += shared ? share / 2 : share;
      if (shared) (*sums)[pair->first] += share / 2;
    }
  }
}

// Adds the shares of the normalised piece's words that lie in `window`; `offset` is where the piece
// begins.
void LinearReader::collect_shares(const models::LinearModel& model, const Window& window,
                                  std::size_t offset, std::vector<Share>* shares) {
  std::vector<float> by_unit;
  sum_by_unit(model, window, &by_unit);
  for (std::size_t unit = 0; unit < by_unit.size(); ++unit) {
    if (by_unit[unit] == 0) continue;
    const tokenizer::ByteRange& range = ngrams_.units()[unit].range;
    const Share share{offset + normalized_.origin.begin_of(range.begin),
                      offset + normalized_.origin.end_of(range.end - 1), by_unit[unit]};
    if (!shares->empty() && share.begin < shares->back().end) {  // parts of one character
      shares->back().end = std::max(shares->back().end, share.end);
      shares->back().value += share.value;
    } else {
      shares->push_back(share);
    }
  }
}

LinearReader& thread_linear_reader() {
  static thread_local LinearReader reader;
  return reader;
}

}  // namespace dss::scoring
