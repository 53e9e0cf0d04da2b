#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "rapidcheck/gtest.h"
#include "text/normalize.h"

namespace dss::text {
namespace {

Normalized normalized(std::string_view text) {
  Normalizer normalizer;
  Normalized out;
  normalizer.run(Valid::promise(text), &out);
  return out;
}

// Texts made of what the rules look at: letters, digits, signs, separators, other scripts,
// invisible characters.
rc::Gen<std::string> tricky_text() {
  static constexpr std::u32string_view kAlphabet =
      U"aaabeiouysstkfAEB  \n\t..--__**!!@@$$||++''\"/,:;()#0123456789еосукЖμéß½…"
      U"\u200B\u00AD\u0336\u00A0\u20AC😂哈が";
  return rc::gen::map(
      rc::gen::container<std::vector<char32_t>>(rc::gen::elementOf(std::u32string(kAlphabet))),
      [](const std::vector<char32_t>& codes) {
        std::string text;
        for (const char32_t code : codes) base::append_utf8(code, &text);
        return text;
      });
}

RC_GTEST_PROP(NormalizeProperty, NormalisingTwiceChangesNothing, ()) {
  const std::string once = normalized(*tricky_text()).text;
  RC_ASSERT(normalized(once).text == once);
}

// Line breaks make the normaliser look at every word by itself.
RC_GTEST_PROP(NormalizeProperty, WordsReadAlikeInARowAndOneByOne, ()) {
  const auto letter = rc::gen::elementOf(std::string("aabesxAI'.,1"));
  const auto word = rc::gen::map(rc::gen::container<std::string>(letter),
                                 [](const std::string& rest) { return "be" + rest; });
  const auto words = *rc::gen::container<std::vector<std::string>>(word);
  std::string row;
  for (const std::string& each : words) row += (row.empty() ? "" : " ") + each;
  std::string lines = row;
  std::ranges::replace(lines, ' ', '\n');
  const Normalized in_row = normalized(row);
  Normalized by_line = normalized(lines);
  std::ranges::replace(by_line.text, '\n', ' ');
  RC_ASSERT(in_row.text == by_line.text);
  RC_ASSERT(in_row.shouts == by_line.shouts);
  RC_ASSERT(in_row.deobfuscated == by_line.deobfuscated);
  for (std::size_t i = 0; i < in_row.text.size(); ++i) {
    RC_ASSERT(in_row.origin.begin_of(i) == by_line.origin.begin_of(i));
  }
}

RC_GTEST_PROP(NormalizeProperty, TheResultIsValidAndTrimmed, ()) {
  const std::string once = normalized(*tricky_text()).text;
  RC_ASSERT(base::is_valid_utf8(once));
  RC_ASSERT(base::trim(once) == once);
}

RC_GTEST_PROP(NormalizeProperty, TheMapIsMonotoneAndInRange, ()) {
  const std::string text = *tricky_text();
  const Normalized out = normalized(text);
  RC_ASSERT(out.origin.size() == out.text.size());
  std::size_t last = 0;
  for (std::size_t i = 0; i < out.text.size(); ++i) {
    const std::size_t begin = out.origin.begin_of(i);
    const std::size_t end = out.origin.end_of(i);
    RC_ASSERT(begin < end);
    RC_ASSERT(end <= text.size());
    RC_ASSERT(begin >= last);
    last = begin;
  }
}

RC_GTEST_PROP(NormalizeProperty, TheMapPointsAtCodePointBoundaries, ()) {
  const std::string text = *tricky_text();
  const Normalized out = normalized(text);
  for (std::size_t i = 0; i < out.text.size(); ++i) {
    if ((static_cast<unsigned char>(out.text[i]) & 0xC0) == 0x80) continue;
    const auto boundary = [&](std::size_t at) {
      return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
    };
    RC_ASSERT(boundary(out.origin.begin_of(i)));
    RC_ASSERT(boundary(out.origin.end_of(i)));
  }
}

RC_GTEST_PROP(NormalizeProperty, ScratchCarriesNothingOver, ()) {
  const std::string first = *tricky_text();
  const std::string second = *tricky_text();
  Normalizer normalizer;
  Normalized out;
  normalizer.run(Valid::promise(first), &out);
  normalizer.run(Valid::promise(second), &out);
  const Normalized fresh = normalized(second);
  RC_ASSERT(out.text == fresh.text);
  RC_ASSERT(out.deobfuscated == fresh.deobfuscated);
  RC_ASSERT(out.origin.size() == fresh.origin.size());
}

}  // namespace
}  // namespace dss::text
