#include "tokenizer/bert_data.h"

#include <gtest/gtest.h>

namespace dss::tokenizer {
namespace {

TEST(CodePointRanges, TellWhatTheyHold) {
  const CodePointRanges ranges({{30, 40, 2}, {10, 12, 1}});
  EXPECT_EQ(ranges.value(9), 0);
  EXPECT_EQ(ranges.value(10), 1);
  EXPECT_EQ(ranges.value(12), 1);
  EXPECT_EQ(ranges.value(13), 0);
  EXPECT_EQ(ranges.value(35), 2);
  EXPECT_EQ(ranges.value(41), 0);
}

TEST(BertData, HoldsTheStepsOfTheNormaliser) {
  const BertData data = bert_data();
  EXPECT_TRUE(data.remove.value(0));
  EXPECT_TRUE(data.remove.value(0xFFFD));
  EXPECT_FALSE(data.remove.value(U'\t'));
  EXPECT_TRUE(data.space.value(U'\t'));
  EXPECT_TRUE(data.cjk.value(U'你'));
  EXPECT_FALSE(data.cjk.value(U'カ'));
  EXPECT_TRUE(data.punctuation.value(U'$'));
  EXPECT_TRUE(data.punctuation.value(U'。'));
  EXPECT_TRUE(data.marks.value(0x301));
  EXPECT_EQ(data.lower.at(U'Ω'), U"ω");
  EXPECT_EQ(data.lower.at(0x130), U"i\u0307");
  EXPECT_EQ(data.decompose.at(U'ế'), U"e\u0302\u0301");
}

TEST(BertData, ComposesHangulByArithmetic) {
  const BertData data = bert_data();
  EXPECT_EQ(data.decompose.at(U'가'), U"\u1100\u1161");
  EXPECT_EQ(data.decompose.at(U'한'), U"\u1112\u1161\u11AB");
  EXPECT_EQ(data.decompose.at(U'힣'), U"\u1112\u1175\u11C2");
}

TEST(BertData, RanksOrderAsCombiningClassesDo) {
  const BertData data = bert_data();
  const auto rank = [&](char32_t c) { return data.combining_rank.value(c); };
  EXPECT_EQ(rank(U'a'), 0);
  EXPECT_LT(rank(0x334), rank(0x327));  // 1, 202
  EXPECT_LT(rank(0x327), rank(0x323));  // 220
  EXPECT_LT(rank(0x323), rank(0x301));  // 230
  EXPECT_EQ(rank(0x300), rank(0x301));
  EXPECT_LT(rank(0x301), rank(0x345));  // 240
}

}  // namespace
}  // namespace dss::tokenizer
