#include "text/byte_map.h"

#include <gtest/gtest.h>

#include <vector>

#include "rapidcheck/gtest.h"

namespace dss::text {
namespace {

char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c; }

// The definitions in the header, byte by byte.
struct Expected {
  bool letter, capital, digit, mark, stop, repeat;
};

bool is_easy(const std::vector<Expected>& all, std::size_t i) {
  const Expected& each = all[i];
  if (each.repeat) return false;
  if (each.letter) return !each.capital || i == 0 || all[i - 1].stop;
  const bool end = i + 1 == all.size() || all[i + 1].stop;
  return each.mark && i >= 2 && all[i - 1].letter && all[i - 2].letter && end;
}

bool is_smooth(const std::vector<Expected>& all, std::string_view text, std::size_t i) {
  const auto stop = [&](std::size_t at) { return at >= all.size() || all[at].stop; };
  const bool begins = i == 0 || stop(i - 1);
  if (text[i] == ' ') return !begins && !stop(i + 1);
  if (text[i] == '\'') return !begins && all[i - 1].letter && !stop(i + 1) && all[i + 1].letter;
  const bool alone = begins && stop(i + 1);
  const bool word_behind =
      i + 1 < text.size() && text[i + 1] == ' ' && !stop(i + 2) && !stop(i + 3);
  return is_easy(all, i) && (!alone || word_behind);
}

Expected expected(std::string_view text, std::size_t i) {
  const char c = text[i];
  const auto byte = static_cast<unsigned char>(c);
  const bool letter = small(c) >= 'a' && small(c) <= 'z';
  const bool digit = c >= '0' && c <= '9';
  const bool stop =
      byte <= ' ' || byte > '~' || std::string_view("@$|+").find(c) != std::string_view::npos;
  const bool repeat = i >= 2 && small(c) == small(text[i - 1]) && small(c) == small(text[i - 2]);
  return {letter, letter && c <= 'Z', digit, !letter && !digit && !stop && c != '\'', stop, repeat};
}

void expect_follows(const std::string& text) {
  ByteMap map;
  map.read(
      "what was before must not matter, however long it was: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
  map.read(text);
  const auto bit = [&map](std::uint64_t ByteBlock::* kind, std::size_t at) {
    return (map.window(kind, at) & 1) != 0;
  };
  std::vector<Expected> all;
  for (std::size_t i = 0; i < text.size(); ++i) all.push_back(expected(text, i));
  std::size_t stop = text.size();
  std::size_t rough = text.size();
  for (std::size_t i = text.size(); i-- > 0;) {
    const Expected& each = all[i];
    ASSERT_EQ(bit(&ByteBlock::letter, i), each.letter) << i;
    ASSERT_EQ(bit(&ByteBlock::capital, i), each.capital) << i;
    ASSERT_EQ(bit(&ByteBlock::digit, i), each.digit) << i;
    ASSERT_EQ(bit(&ByteBlock::mark, i), each.mark) << i;
    ASSERT_EQ(bit(&ByteBlock::stop, i), each.stop) << i;
    ASSERT_EQ(bit(&ByteBlock::repeat, i), each.repeat) << i;
    ASSERT_EQ(bit(&ByteBlock::easy, i), is_easy(all, i)) << i;
    ASSERT_EQ(map.small()[i], small(text[i])) << i;
    if (each.stop) stop = i;
    ASSERT_EQ(map.stop_from(i), stop) << i;
    ASSERT_EQ(bit(&ByteBlock::smooth, i), is_smooth(all, text, i)) << i;
    if (!is_smooth(all, text, i)) rough = i;
    ASSERT_EQ(map.rough_from(i), rough) << i;
  }
  EXPECT_EQ(map.small().size(), text.size());
  EXPECT_EQ(map.stop_from(text.size()), text.size());
}

TEST(ByteMap, KnowsEveryByte) {
  std::string text;
  for (int c = 0; c < 256; ++c) text += static_cast<char>(c);
  expect_follows(text);
}

TEST(ByteMap, WordsAtEveryPlaceAroundABlock) {
  for (std::size_t size = 50; size < 140; ++size) {
    for (const char* word : {"Word,", "word", "aB.", "x!!", "Aaa", "END.", "a", "I'm", "don't a"}) {
      expect_follows(std::string(size, ' ') + word);
      expect_follows(std::string(size, ' ') + word + " and more");
    }
  }
}

TEST(ByteMap, AtEveryLengthAroundABlock) {
  for (std::size_t size = 0; size < 200; ++size) expect_follows(std::string(size, 'x'));
}

TEST(ByteMap, StopsAreFoundBackwards) {
  for (std::size_t size = 0; size < 140; ++size) {
    ByteMap map;
    const std::string text = std::string(size, 'x') + " " + std::string(100, 'y');
    map.read(text);
    for (std::size_t at = 0; at <= text.size(); ++at) {
      const bool near = at > size && at - size <= ByteMap::kWindow;
      ASSERT_EQ(map.stop_before(at), near ? size : at) << size << ' ' << at;
    }
  }
}

TEST(ByteMap, WindowsCrossBlocks) {
  ByteMap map;
  map.read(std::string(60, '.') + "abc DEF" + std::string(60, '.'));
  EXPECT_EQ(map.window(&ByteBlock::letter, 58), 0b111011100U);
  EXPECT_EQ(map.window(&ByteBlock::capital, 58), 0b111000000U);
}

RC_GTEST_PROP(ByteMap, FollowsItsDefinition, ()) {
  const auto text = *rc::gen::container<std::string>(rc::gen::oneOf(
      rc::gen::elementOf(std::string("aaAbBc19'!.,@ \t")), rc::gen::arbitrary<char>()));
  expect_follows(text);
  RC_ASSERT(!::testing::Test::HasFatalFailure());
}

}  // namespace
}  // namespace dss::text
