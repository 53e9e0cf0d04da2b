#include "language/evidence.h"

namespace dss::language {
namespace {

/// A character of Han, kana or Hangul tells as much as about three letters of an alphabet.
constexpr int weight_of(Script script) {
  return script == Script::kHan || script == Script::kKana || script == Script::kHangul ? 3 : 1;
}

/// Fewer characters than this are decoration, as in ¯\_(ツ)_/¯ or ಠ_ಠ, and tell nothing about the
/// language.
constexpr int least_characters(Script script) {
  switch (script) {
    case Script::kHan:
    case Script::kHangul:
      return 1;
    case Script::kLatin:
    case Script::kCyrillic:
    case Script::kArabic:
    case Script::kKana:
      return 2;
    default:
      return 3;
  }
}

}  // namespace

Evidence::Tally Evidence::tally() const {
  std::array<std::int32_t, kScripts> weighted = letters_;
  Tally tally;
  for (int i = 0; i < kScripts; ++i) {
    const auto script = static_cast<Script>(i);
    std::int32_t& letters = weighted[static_cast<std::size_t>(i)];
    letters = letters < least_characters(script) ? 0 : letters * weight_of(script);
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

void Evidence::add_pending() {
  const bool latin = pending_script_ == Script::kLatin;
  const Row* table = latin ? table_.latin : table_.cyrillic_arabic;
  std::array<std::int16_t, kLanes> sum{};
  for (std::size_t i = 0; i < pending_; ++i) {
    const Row& row = table[rows_[i]];
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      sum[lane] = static_cast<std::int16_t>(sum[lane] + row[lane]);
    }
  }
  Totals& totals = latin ? latin_ : cyrillic_arabic_;
  for (std::size_t lane = 0; lane < kLanes; ++lane) totals[lane] += sum[lane];
  pending_ = 0;
}

void Evidence::logits(Script script, std::array<float, kLanes>* out) {
  add_pending();
  const TableHeader& header = *table_.header;
  const bool latin = script == Script::kLatin;
  const Totals& totals = latin ? latin_ : cyrillic_arabic_;
  const float scale = latin ? header.latin_scale : header.cyrillic_arabic_scale;
  const float* bias = latin ? header.latin_bias : header.cyrillic_arabic_bias;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    (*out)[lane] = scale * static_cast<float>(totals[lane]) + bias[lane];
  }
}

float Evidence::japanese_logit() const {
  const auto kana = static_cast<float>(letters_[static_cast<std::size_t>(Script::kKana)]);
  return table_.header->han_scale * static_cast<float>(han_) + table_.header->kana_logit * kana;
}

}  // namespace dss::language
