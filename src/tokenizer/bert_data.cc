#include "tokenizer/bert_data.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>
#include <utility>

extern "C" const unsigned char dss_embed_bert_characters[];
extern "C" const unsigned long dss_embed_bert_characters_size;

namespace dss::tokenizer {
namespace {

using Range = CodePointRanges::Range;

std::string_view take_until(char sign, std::string_view* text) {
  const std::string_view taken = text->substr(0, text->find(sign));
  text->remove_prefix(std::min(text->size(), taken.size() + 1));
  return taken;
}

std::uint32_t number(std::string_view digits, int base) {
  std::uint32_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  return value;
}

// "0300..036F 47" or "0300"
Range range(std::string_view line) {
  std::string_view points = take_until(' ', &line);
  const char32_t first = number(take_until('.', &points), 16);
  if (points.empty()) return {first, first, 1};
  points.remove_prefix(1);
  return {first, number(points, 16), 1};
}

Range range_with_value(std::string_view line) {
  Range found = range(line);
  take_until(' ', &line);
  found.value = static_cast<std::uint8_t>(number(line, 10));
  return found;
}

// "00C0 0041 0300"
std::pair<char32_t, std::u32string> mapping(std::string_view line) {
  const char32_t from = number(take_until(' ', &line), 16);
  std::u32string to;
  while (!line.empty()) to.push_back(number(take_until(' ', &line), 16));
  return {from, to};
}

// The Unicode Standard 15, 3.12: a syllable is a leading consonant, a vowel and perhaps a trailing
// consonant.
void add_hangul(CodePointMapping* decompose) {
  constexpr char32_t kFirst = 0xAC00;
  constexpr char32_t kLast = 0xD7A3;
  constexpr char32_t kVowels = 21;
  constexpr char32_t kTrails = 28;
  for (char32_t syllable = kFirst; syllable <= kLast; ++syllable) {
    const char32_t index = syllable - kFirst;
    std::u32string jamo = {0x1100 + index / (kVowels * kTrails),
                           0x1161 + index / kTrails % kVowels};
    if (index % kTrails != 0) jamo.push_back(0x11A7 + index % kTrails);
    decompose->emplace_hint(decompose->end(), syllable, std::move(jamo));
  }
}

}  // namespace

CodePointRanges::CodePointRanges(std::vector<Range> ranges) : ranges_(std::move(ranges)) {
  std::ranges::sort(ranges_, {}, &Range::first);
}

std::uint8_t CodePointRanges::value(char32_t code_point) const {
  const auto behind = std::ranges::upper_bound(ranges_, code_point, {}, &Range::first);
  if (behind == ranges_.begin() || code_point > std::prev(behind)->last) return 0;
  return std::prev(behind)->value;
}

BertData bert_data() {
  std::unordered_map<std::string_view, std::vector<Range>> ranges;
  CodePointMapping lower;
  CodePointMapping decompose;
  std::string_view text(reinterpret_cast<const char*>(dss_embed_bert_characters),
                        dss_embed_bert_characters_size);
  while (!text.empty()) {
    std::string_view line = take_until('\n', &text);
    const std::string_view kind = take_until(' ', &line);
    if (kind == "lower") {
      lower.insert(lower.end(), mapping(line));
    } else if (kind == "decompose") {
      decompose.insert(decompose.end(), mapping(line));
    } else if (kind != "#") {
      ranges[kind].push_back(kind == "class" ? range_with_value(line) : range(line));
    }
  }
  add_hangul(&decompose);
  const auto named = [&](std::string_view kind) {
    return CodePointRanges(std::move(ranges[kind]));
  };
  return {.remove = named("remove"),
          .space = named("space"),
          .cjk = named("cjk"),
          .punctuation = named("punctuation"),
          .marks = named("mark"),
          .combining_rank = named("class"),
          .lower = std::move(lower),
          .decompose = std::move(decompose)};
}

}  // namespace dss::tokenizer
