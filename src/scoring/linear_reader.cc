#include "scoring/linear_reader.h"

#include <algorithm>
#include <limits>

namespace dss::scoring {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{64} << 10;

models::FeatureCounts features(const tokenizer::BucketCounter& counter) {
  return {counter.buckets(), counter.counts()};
}

// End of the piece that begins at `begin`: behind white space if there is any, else on a code
// point's boundary.
std::size_t piece_end(std::string_view text, std::size_t begin) {
  if (text.size() - begin <= kPieceBytes) return text.size();
  const std::size_t space = text.substr(begin, kPieceBytes).find_last_of(" \n\t");
  if (space != std::string_view::npos && space > 0) return begin + space + 1;
  std::size_t end = begin + kPieceBytes;
  while ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return end;
}

// Whether there is a letter, a digit, or a sign beyond ASCII (which may be an emoji).
bool has_content(std::string_view normalized) {
  return std::any_of(normalized.begin(), normalized.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<signed char>(c) < 0;
  });
}

// Sums the shares of the n-grams met in one window by unit.
struct ShareCollector {
  const tokenizer::BucketCounter* counter;
  const std::vector<float>* shares;  // per occurrence, by the counter's index
  unsigned shift;
  Window window;
  std::vector<float>* by_unit;
  std::vector<tokenizer::ByteRange>* ranges;

  void ngram(std::uint64_t hash, std::uint32_t unit, std::uint32_t other) {
    if (by_unit->size() <= unit) by_unit->resize(unit + 1);
    if (unit < window.first || unit >= window.last) return;
    const float share = (*shares)[counter->index_of(static_cast<std::uint32_t>(hash >> shift))];
    const std::uint32_t second = other < window.first ? unit : other;
    (*by_unit)[unit] += share / 2;
    (*by_unit)[second] += share / 2;
  }
  void unit(const tokenizer::ByteRange& range) { ranges->push_back(range); }
};

}  // namespace

Reading LinearReader::read(const models::LinearModel& model, const weights::WindowRecipe& windows,
                           text::Valid text, Stopwatch* stopwatch, Timings* timings) {
  Reading reading;
  const std::string_view bytes = text.bytes();
  whole_.start_over();
  reading.logit.fill(-std::numeric_limits<float>::infinity());
  std::size_t begin = 0;
  bool content = false;
  do {
    const std::size_t end = piece_end(bytes, begin);
    normalizer_.run(text::Valid::promise(bytes.substr(begin, end - begin)), &normalized_);
    content = content || has_content(normalized_.text);
    reading.deobfuscated |= normalized_.deobfuscated;
    stopwatch->lap(&timings->normalize);
    tokens_.read(normalized_, model, &walker_);
    reading.tokens += tokens_.buckets.size();
    stopwatch->lap(&timings->tokenize);
    for (const std::uint32_t bucket : tokens_.buckets) whole_.add(bucket);
    const bool longer = end - begin < bytes.size() || normalized_.text.size() > windows.characters;
    if (windows.characters > 0 && longer) read_windows(model, windows, begin, &reading);
    begin = end;
  } while (begin < bytes.size());
  if (!content) return read_nothing(model, reading);
  const auto logits = model.logits(features(whole_));
  for (std::size_t label = 0; label < model.labels(); ++label) {
    if (logits[label] < reading.logit[label]) continue;
    reading.logit[label] = logits[label];
    reading.decision[label] = {};
  }
  return reading;
}

// Punctuation alone says nothing: with hardly any features, one of them would decide alone.
Reading LinearReader::read_nothing(const models::LinearModel& model, Reading reading) {
  whole_.start_over();
  const auto logits = model.logits(features(whole_));
  std::copy_n(logits.begin(), model.labels(), reading.logit.begin());
  reading.decision.fill({});
  return reading;
}

void LinearReader::read_windows(const models::LinearModel& model,
                                const weights::WindowRecipe& windows, std::size_t piece,
                                Reading* reading) {
  cut_windows(normalized_.text, tokens_.units, windows.characters, &windows_);
  for (const Window& window : windows_) {
    count_window(window);
    const auto logits = model.logits(features(part_));
    for (std::size_t label = 0; label < model.labels(); ++label) {
      const float logit = logits[label] - windows.margin;
      if (logit <= reading->logit[label]) continue;
      reading->logit[label] = logit;
      reading->decision[label] = {false, piece, window};
    }
  }
}

void LinearReader::count_window(const Window& window) {
  part_.start_over();
  const std::uint32_t end = tokens_.begin_of(window.last);
  for (std::uint32_t i = tokens_.begin_of(window.first); i < end; ++i) {
    part_.add(tokens_.buckets[i]);
  }
}

std::vector<Share> LinearReader::explain(const models::LinearModel& model, text::Valid text,
                                         const Reading& reading, std::size_t label) {
  const std::string_view bytes = text.bytes();
  const Reading::Decision& decision = reading.decision[label];
  const auto normalize_piece = [&](std::size_t begin) {
    const std::size_t end = piece_end(bytes, begin);
    normalizer_.run(text::Valid::promise(bytes.substr(begin, end - begin)), &normalized_);
    return end;
  };
  if (!decision.whole) {
    normalize_piece(decision.piece);
    tokens_.read(normalized_, model, &walker_);
    count_window(decision.window);
  }
  const tokenizer::BucketCounter& counter = decision.whole ? whole_ : part_;
  if (counter.buckets().empty()) return {};
  model.attribute(features(counter), label, &feature_shares_);
  for (std::size_t i = 0; i < feature_shares_.size(); ++i) {
    feature_shares_[i] /= static_cast<float>(counter.counts()[i]);
  }
  std::vector<Share> shares;
  std::size_t begin = decision.whole ? 0 : decision.piece;
  do {
    const std::size_t end = normalize_piece(begin);
    collect_shares(model, counter, decision.window, begin, &shares);
    begin = end;
  } while (decision.whole && begin < bytes.size());
  return shares;
}

// Adds the shares of the normalised piece's words that lie in `window`; `offset` is where the piece
// begins.
void LinearReader::collect_shares(const models::LinearModel& model,
                                  const tokenizer::BucketCounter& counter, const Window& window,
                                  std::size_t offset, std::vector<Share>* shares) {
  std::vector<float> by_unit;
  std::vector<tokenizer::ByteRange> ranges;
  walker_.walk(
      normalized_.text, normalized_.shouts,
      ShareCollector{&counter, &feature_shares_, model.shift(), window, &by_unit, &ranges});
  for (std::size_t unit = 0; unit < ranges.size(); ++unit) {
    if (by_unit[unit] == 0) continue;
    const Share share{offset + normalized_.origin.begin_of(ranges[unit].begin),
                      offset + normalized_.origin.end_of(ranges[unit].end - 1), by_unit[unit]};
    if (!shares->empty() && share.begin < shares->back().end) {  // parts of one character
      shares->back().end = std::max(shares->back().end, share.end);
      shares->back().value += share.value;
    } else {
      shares->push_back(share);
    }
  }
}

}  // namespace dss::scoring
