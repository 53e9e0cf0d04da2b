#include "language/evidence.h"

namespace dss::language {
namespace {

/// A character of Han, kana or Hangul tells as much as about three letters of an alphabet.
constexpr int weight_of(Script script) {
  return script == Script::kHan || script == Script::kKana || script == Script::kHangul ? 3 : 1;
}

}  // namespace

Evidence::Tally Evidence::tally() const {
  std::array<std::int32_t, kScripts> weighted = letters_;
  Tally tally;
  for (int i = 0; i < kScripts; ++i) {
    weighted[static_cast<std::size_t>(i)] *= weight_of(static_cast<Script>(i));
  }
  weighted[static_cast<std::size_t>(Script::kHan)] +=
      weighted[static_cast<std::size_t>(Script::kKana)];
  weighted[static_cast<std::size_t>(Script::kKana)] = 0;
  for (int i = 0; i < kScripts; ++i) {
    const int letters = weighted[static_cast<std::size_t>(i)];
    tally.all_letters += letters;
    if (letters > tally.letters) tally.letters = letters, tally.script = static_cast<Script>(i);
  }
  return tally;
}

void Evidence::logits(Script script, std::array<float, kLanes>* out) const {
  const TableHeader& header = *table_.header;
  const bool latin = script == Script::kLatin;
  const Sums& sums = latin ? latin_ : cyrillic_arabic_;
  const float scale = latin ? header.latin_scale : header.cyrillic_arabic_scale;
  const float* bias = latin ? header.latin_bias : header.cyrillic_arabic_bias;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    (*out)[lane] = scale * static_cast<float>(sums.total(lane)) + bias[lane];
  }
}

float Evidence::japanese_logit() const {
  const auto kana = static_cast<float>(letters_[static_cast<std::size_t>(Script::kKana)]);
  return table_.header->han_scale * static_cast<float>(han_) + table_.header->kana_logit * kana;
}

}  // namespace dss::language
