#include "scoring/windows.h"

#include <gtest/gtest.h>

#include "rapidcheck/gtest.h"

namespace dss::scoring {
namespace {

// Units of single words at the places of a text's words.
std::vector<tokenizer::Unit> units_of(const std::string& text) {
  std::vector<tokenizer::Unit> units;
  tokenizer::WordReader reader(text);
  for (tokenizer::Word word; reader.next(&word);) {
    units.push_back({word.range, static_cast<std::uint32_t>(units.size() + 1)});
  }
  return units;
}

std::vector<std::string> windows_of(const std::string& text, std::size_t size) {
  const std::vector<tokenizer::Unit> units = units_of(text);
  std::vector<Window> windows;
  cut_windows(text, units, size, &windows);
  std::vector<std::string> all;
  for (const Window& window : windows) {
    const std::size_t begin = units[window.first].range.begin;
    all.push_back(text.substr(begin, units[window.last - 1].range.end - begin));
  }
  return all;
}

using Windows = std::vector<std::string>;

TEST(Windows, TextsWithoutSentencesCostNoMoreThanTheirLength) {
  std::string text;
  while (text.size() < 4'000'000) text += "слово ";
  const Windows windows = windows_of(text, 160);
  EXPECT_GT(windows.size(), text.size() / 160);
}

TEST(Windows, HoldWholeSentences) {
  EXPECT_EQ(windows_of("one two. three four. five six.", 21),
            (Windows{"one two. three four", "five six"}));
  EXPECT_EQ(windows_of("one two. three four. five six.", 12),
            (Windows{"one two", "three four", "five six"}));
}

TEST(Windows, CutLongSentencesBetweenWordsWithOverlap) {
  EXPECT_EQ(windows_of("aa bb cc dd ee ff gg hh", 12),
            (Windows{"aa bb cc dd", "dd ee ff gg", "gg hh"}));
}

TEST(Windows, AUnitBeyondTheSizeStandsAlone) {
  EXPECT_EQ(windows_of("a bbbbbbbbbbbbbbbbbbbb c", 5), (Windows{"a", "bbbbbbbbbbbbbbbbbbbb", "c"}));
}

TEST(Windows, NothingHasNone) { EXPECT_TRUE(windows_of("", 10).empty()); }

RC_GTEST_PROP(Windows, HoldEveryUnitInOrder, (const std::vector<std::uint8_t>& lengths)) {
  std::string text;
  for (const std::uint8_t length : lengths) {
    text += std::string(1 + length % 9, 'x') + (length % 5 == 0 ? ". " : " ");
  }
  const std::vector<tokenizer::Unit> units = units_of(text);
  const auto size = *rc::gen::inRange<std::size_t>(1, 60);
  std::vector<Window> windows;
  cut_windows(text, units, size, &windows);
  std::size_t covered = 0;
  std::size_t read = 0;
  for (const Window& window : windows) {
    RC_ASSERT(window.first <= covered);
    RC_ASSERT(window.last > covered);
    RC_ASSERT(window.last <= units.size());
    covered = window.last;
    read += window.last - window.first;
    const std::size_t bytes = units[window.last - 1].range.end - units[window.first].range.begin;
    RC_ASSERT(bytes <= size || window.last - window.first == 1);
  }
  RC_ASSERT(covered == units.size());
  RC_ASSERT(read <= 2 * units.size() + 1);
}

}  // namespace
}  // namespace dss::scoring
