#include "language/detector.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/utf8.h"
#include "language/evidence.h"
#include "language/features.h"
#include "language/table.h"

namespace dss::language {
namespace {

constexpr std::size_t kWindow = 512, kReadWhole = 3 * kWindow;
constexpr float kMinConfidence = 0.5F;

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

/// The largest entry of `logits` and its probability under softmax.
Detection most_likely(std::span<const float> logits, std::span<const std::string_view> names) {
  const auto best = std::max_element(logits.begin(), logits.end());
  float sum = 0;
  for (const float logit : logits) sum += std::exp(logit - *best);
  return {names[static_cast<std::size_t>(best - logits.begin())], 1 / sum};
}

Detection by_weights(Script script, Evidence* evidence) {
  const Lanes lanes = lanes_of(script);
  std::array<float, kLanes> logits;
  evidence->logits(script, &logits);
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

void read(std::string_view text, Evidence* evidence) {
  if (text.size() <= kReadWhole) return scan(text, evidence);
  const std::size_t middle = next_word(text, (text.size() - kWindow) / 2);
  const std::size_t last = next_word(text, text.size() - kWindow);
  scan(text.substr(0, previous_boundary(text, kWindow)), evidence);
  scan(text.substr(middle, previous_boundary(text, middle + kWindow) - middle), evidence);
  scan(text.substr(last), evidence);
}

/// How far a mixture of scripts lowers the confidence: not at all while one of them has two thirds
/// of the letters.
float purity(const Evidence::Tally& tally) {
  return std::min(1.0F,
                  1.5F * static_cast<float>(tally.letters) / static_cast<float>(tally.all_letters));
}

}  // namespace

Detection detect(std::string_view text) {
  Evidence evidence;
  read(base::trim(text), &evidence);
  const Evidence::Tally tally = evidence.tally();
  if (tally.letters == 0) return {};
  Detection detection = decide(tally.script, &evidence);
  detection.confidence *= purity(tally);
  if (detection.confidence < kMinConfidence) detection.code = kUndetermined;
  return detection;
}

}  // namespace dss::language
