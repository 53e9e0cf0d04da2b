#include "language/detector.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

#include "base/utf8.h"
#include "language/ascii_words.h"
#include "language/evidence.h"
#include "language/features.h"
#include "language/table.h"

namespace dss::language {
namespace {

constexpr std::size_t kWindow = 512, kReadWhole = 3 * kWindow;
constexpr std::size_t kEnd = 32, kEndsFirst = 160;
static_assert(kEndsFirst >= AsciiWords::kBlock);
constexpr float kMinConfidence = 0.5F, kSure = 0.97F;

/// Scripts that one language has to itself, as far as codes() goes.
constexpr std::string_view code_of(Script script) {
  switch (script) {
    case Script::kHangul:
      return "ko";
    case Script::kDevanagari:
      return "hi";
    case Script::kGreek:
      return "el";
    case Script::kHebrew:
      return "he";
    case Script::kArmenian:
      return "hy";
    case Script::kBengali:
      return "bn";
    case Script::kGurmukhi:
      return "pa";
    case Script::kGujarati:
      return "gu";
    case Script::kOriya:
      return "or";
    case Script::kTamil:
      return "ta";
    case Script::kTelugu:
      return "te";
    case Script::kKannada:
      return "kn";
    case Script::kMalayalam:
      return "ml";
    case Script::kSinhala:
      return "si";
    case Script::kThai:
      return "th";
    case Script::kLao:
      return "lo";
    case Script::kMyanmar:
      return "my";
    case Script::kGeorgian:
      return "ka";
    case Script::kEthiopic:
      return "am";
    case Script::kKhmer:
      return "km";
    default:
      return kUndetermined;
  }
}

/// A number that grows with `value`, which is not NaN.
std::int64_t order_of(float value) {
  const auto bits = std::bit_cast<std::int32_t>(value);
  return bits ^ (bits >> 31 & 0x7FFFFFFF);
}

/// The first of the largest of at most kLanes, without a branch: which one it is cannot be
/// predicted.
std::size_t largest_of(std::span<const float> logits) {
  std::int64_t largest = std::numeric_limits<std::int64_t>::min();
  for (std::size_t i = 0; i < logits.size(); ++i) {
    const std::int64_t each = order_of(logits[i]) * kLanes + (kLanes - 1 - static_cast<int>(i));
    largest = each > largest ? each : largest;
  }
  return static_cast<std::size_t>(kLanes - 1 - (largest & (kLanes - 1)));
}

/// The largest entry of `logits` and its probability under softmax.
Detection most_likely(std::span<const float> logits, std::span<const std::string_view> names) {
  const std::size_t best_place = largest_of(logits);
  const float best = logits[best_place];
  constexpr float kNothing = -18;  // exp of less is lost beside 1
  float sum = 0;
  for (const float logit : logits) {
    if (logit - best > kNothing) sum += std::exp(logit - best);
  }
  return {names[best_place], 1 / sum};
}

Detection by_weights(Script script, Evidence* evidence) {
  const Lanes lanes = lanes_of(script);
  const auto logits = evidence->logits(script, evidence->totals(script));
  return most_likely(
      std::span(logits).subspan(static_cast<std::size_t>(lanes.first), lanes.codes.size()),
      lanes.codes);
}

Detection chinese_or_japanese(const Evidence& evidence) {
  const float japanese = 1 / (1 + std::exp(-evidence.japanese_logit()));
  return japanese > 0.5F ? Detection{"ja", japanese} : Detection{"zh", 1 - japanese};
}

Detection decide(Script script, Evidence* evidence) {
  if (!lanes_of(script).codes.empty()) return by_weights(script, evidence);
  if (script == Script::kHan) return chinese_or_japanese(*evidence);
  return {code_of(script), 1};
}

/// From `at` on to the next start of a word, so that a window does not begin inside a word or a
/// character.
std::size_t next_word(std::string_view text, std::size_t at) {
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
  const std::size_t space = text.substr(0, at + 64).find(' ', at);
  return space == std::string_view::npos ? at : space;
}

std::size_t previous_boundary(std::string_view text, std::size_t at) {
  while ((static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return at;
}

/// How far a mixture of scripts lowers the confidence: not at all while one of them has two thirds
/// of the letters.
float purity(const Evidence::Tally& tally) {
  return std::min(1.0F,
                  1.5F * static_cast<float>(tally.letters) / static_cast<float>(tally.all_letters));
}

Detection answer_of(Evidence* evidence) {
  const Evidence::Tally tally = evidence->tally();
  if (tally.letters == 0) return {};
  Detection detection = decide(tally.script, evidence);
  detection.confidence *= purity(tally);
  return detection;
}

/// What stands between `begin` and `end`, as much of it as is read of a text this long.
void read_between(std::string_view text, std::size_t begin, std::size_t end, Evidence* evidence) {
  if (text.size() <= kReadWhole) return scan(text.substr(begin, end - begin), evidence);
  const std::size_t first = previous_boundary(text, kWindow);
  const std::size_t middle = next_word(text, (text.size() - kWindow) / 2);
  const std::size_t last = next_word(text, text.size() - kWindow);
  scan(text.substr(begin, first - begin), evidence);
  scan(text.substr(middle, previous_boundary(text, middle + kWindow) - middle), evidence);
  scan(text.substr(last, end - last), evidence);
}

std::size_t best_lane(const Evidence& evidence, const Evidence::Totals& totals) {
  return largest_of(evidence.logits(Script::kLatin, totals));
}

using Block = std::span<const char, AsciiWords::kBlock>;

/// The lowest `count` bits. REQUIRES: count <= 64.
std::uint64_t low_bits(std::size_t count) {
  return count == 0 ? 0 : ~std::uint64_t{0} >> (AsciiWords::kBlock - count);
}

void scan_first(std::string_view text, std::size_t end, Evidence* evidence) {
  AsciiWords words;
  const bool fits = end <= AsciiWords::kBlock;
  const bool read = fits && words.read(Block(text.begin(), AsciiWords::kBlock), low_bits(end));
  read ? evidence->words(&words) : scan(text.substr(0, end), evidence);
}

void scan_last(std::string_view text, std::size_t begin, Evidence* evidence) {
  AsciiWords words;
  const std::size_t block = text.size() - AsciiWords::kBlock;
  const bool fits = begin >= block;
  const bool read =
      fits && words.read(Block(text.data() + block, AsciiWords::kBlock), ~low_bits(begin - block));
  read ? evidence->words(&words) : scan(text.substr(begin), evidence);
}

/// Reads the first bytes up to `begin` and the last ones from `end` on; whether each by itself
/// speaks for the same language of the Latin script. REQUIRES: at least a block of text.
bool ends_agree(std::string_view text, std::size_t begin, std::size_t end, Evidence* evidence) {
  scan_first(text, begin, evidence);
  const Evidence::Totals of_first = evidence->totals(Script::kLatin);
  scan_last(text, end, evidence);
  Evidence::Totals of_last = evidence->totals(Script::kLatin);
  for (std::size_t lane = 0; lane < kLanes; ++lane) of_last[lane] -= of_first[lane];
  return evidence->only_latin() && best_lane(*evidence, of_first) == best_lane(*evidence, of_last);
}

Detection detect_long(std::string_view text) {
  Evidence evidence;
  const std::size_t begin = next_word(text, kEnd);
  const std::size_t end = next_word(text, text.size() - kEnd);
  if (ends_agree(text, begin, end, &evidence)) {
    const Detection detection = answer_of(&evidence);
    if (detection.confidence >= kSure) return detection;
  }
  read_between(text, begin, end, &evidence);
  return answer_of(&evidence);
}

Detection detect_short(std::string_view text) {
  Evidence evidence;
  scan(text, &evidence);
  return answer_of(&evidence);
}

}  // namespace

Detection detect(std::string_view text) {
  text = base::trim(text);
  Detection detection = text.size() > kEndsFirst ? detect_long(text) : detect_short(text);
  if (detection.confidence < kMinConfidence) detection.code = kUndetermined;
  return detection;
}

}  // namespace dss::language
