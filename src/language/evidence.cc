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

void Evidence::words(AsciiWords* words) {
  constexpr std::size_t kMostRows = AsciiWords::kMostRows + AsciiWords::kBlock / 2 + 1;
  static_assert(kMostRows <= kMostRowsAtOnce);
  if (pending_script_ != Script::kLatin || pending_ + kMostRows > rows_.size()) add_pending();
  pending_script_ = Script::kLatin;
  for (const AsciiWords::Word& word : words->words()) {
    const auto letters = static_cast<int>(word.end - word.begin);
    count(Script::kLatin, letters > 1 ? letters : 0);
    if (seen(word.hash)) {
      words->drop(word);
    } else {
      rows_[pending_++] = features_internal::kRowsOfLatin.of_word(word.hash);
    }
  }
  const std::uint32_t* const end = words->append_rows(rows_.data() + pending_);
  pending_ = static_cast<std::size_t>(end - rows_.data());
}

Evidence::Tally Evidence::tally() const {
  constexpr auto kLatin = static_cast<std::size_t>(Script::kLatin);
  if (only_latin()) {  // as most texts
    const std::int32_t letters =
        letters_[kLatin] < least_characters(Script::kLatin) ? 0 : letters_[kLatin];
    return {letters > 0 ? Script::kLatin : Script::kNone, letters, letters};
  }
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
  const RowSums sum = sum_rows(table, std::span(rows_).first(pending_));
  Totals& totals = latin ? latin_ : cyrillic_arabic_;
  for (std::size_t lane = 0; lane < kLanes; ++lane) totals[lane] += sum[lane];
  pending_ = 0;
}

Evidence::Totals Evidence::totals(Script script) {
  add_pending();
  return script == Script::kLatin ? latin_ : cyrillic_arabic_;
}

std::array<float, kLanes> Evidence::logits(Script script, const Totals& totals) const {
  const TableHeader& header = *table_.header;
  const bool latin = script == Script::kLatin;
  const float scale = latin ? header.latin_scale : header.cyrillic_arabic_scale;
  const float* bias = latin ? header.latin_bias : header.cyrillic_arabic_bias;
  std::array<float, kLanes> logits;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    logits[lane] = scale * static_cast<float>(totals[lane]) + bias[lane];
  }
  return logits;
}

float Evidence::japanese_logit() const {
  const auto kana = static_cast<float>(letters_[static_cast<std::size_t>(Script::kKana)]);
  return table_.header->han_scale * static_cast<float>(han_) + table_.header->kana_logit * kana;
}

}  // namespace dss::language
