#include "scoring/encoder_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <string>

#include "base/rng.h"

namespace dss::scoring {
namespace {

class EncoderTextTest : public testing::Test {
 protected:
  EncoderTextTest() {
    const std::string directory =
        std::string(DSS_SOURCE_DIR) + "/tests/encoder/models/bert_narrow_heads";
    auto loaded = load_encoder(directory, {}, base::system_clock());
    EXPECT_TRUE(loaded) << loaded.error().message;
    model_ = *loaded;
  }
  EncoderText read(std::string_view text) {
    return EncoderText(*model_, text::Valid::promise(text), &normalizer_);
  }
  [[nodiscard]] std::size_t labels() const { return model_->card->labels.size(); }

  std::shared_ptr<const EncoderModel> model_;
  text::Normalizer normalizer_;
};

TEST_F(EncoderTextTest, AShortTextIsOneSequenceBetweenTheSpecialPieces) {
  const auto text = read("you fool");
  ASSERT_EQ(text.sequences().size(), 1U);
  EXPECT_EQ(text.sequences()[0], (TokenIds{2, 5, 8, 3}));
  EXPECT_EQ(text.tokens(), 2U);
  EXPECT_FALSE(text.deobfuscated());
}

TEST_F(EncoderTextTest, ATextOfNothingIsStillRead) {
  for (const std::string_view nothing : {"", " ", "\n"}) {
    const auto text = read(nothing);
    ASSERT_EQ(text.sequences().size(), 1U);
    EXPECT_EQ(text.sequences()[0], (TokenIds{2, 3}));
  }
}

TEST_F(EncoderTextTest, ADisguisedTextIsReadBothWays) {
  const auto text = read("you f.o.o.l");
  EXPECT_TRUE(text.deobfuscated());
  ASSERT_EQ(text.sequences().size(), 2U);
  EXPECT_EQ(text.sequences()[1], (TokenIds{2, 5, 8, 3}));
  EXPECT_NE(text.sequences()[0], text.sequences()[1]);
}

TEST_F(EncoderTextTest, WindowsHoldEveryPieceAndFitTheModel) {
  base::Rng rng(5);
  const std::string_view words[] = {"you", "fools", "nice", "day", "unknown", "?!", "bcd"};
  for (int turn = 0; turn < 50; ++turn) {
    std::string written;
    for (std::size_t i = 0, count = rng.below(300); i < count; ++i) {
      written += words[rng.below(std::size(words))];
      written += rng.below(4) == 0 ? "" : " ";
    }
    const auto text = read(written);
    std::vector<std::uint32_t> all;
    model_->pieces.append_ids(text::Valid::promise(written), &all);
    std::size_t covered = 0;
    for (const TokenIds& ids : text.sequences()) {
      ASSERT_LE(ids.size(), model_->encoder->config().positions);
      const std::vector<std::uint32_t> inner(ids.begin() + 1, ids.end() - 1);
      // Each window continues what was read, or repeats the end of it.
      std::size_t begin = covered >= inner.size() ? covered - inner.size() : 0;
      while (begin <= covered &&
             !(begin + inner.size() <= all.size() && begin + inner.size() >= covered &&
               std::equal(inner.begin(), inner.end(),
                          all.begin() + static_cast<std::ptrdiff_t>(begin)))) {
        ++begin;
      }
      ASSERT_LE(begin, covered) << written;
      covered = begin + inner.size();
      if (text.deobfuscated() && covered == all.size()) break;
    }
    ASSERT_EQ(covered, all.size()) << written;
  }
}

TEST_F(EncoderTextTest, AWordWithoutWhiteSpaceLongerThanTheWindowIsCut) {
  const auto text = read(std::string(99, 'b') + "!" + std::string(99, 'c'));
  EXPECT_GE(text.sequences().size(), 1U);
  const auto many = read([] {
    std::string dots;
    for (int i = 0; i < 200; ++i) dots += "!";
    return dots;
  }());
  EXPECT_GT(many.sequences().size(), 4U);
}

TEST_F(EncoderTextTest, TheHighestReadingCounts) {
  const auto text = read("you f.o.o.l");
  const std::vector<float> logits = {1, -2, 3, 0, 5, -6};
  EXPECT_EQ(text.combine(logits), (std::vector<float>{1, 5, 3}));
}

TEST_F(EncoderTextTest, WindowsCountByTheirMeanOdds) {
  const std::size_t window = model_->window;
  std::string written;
  for (std::size_t i = 0; i < window; ++i) written += "you ";
  const std::size_t one = read(written).sequences().size();
  ASSERT_EQ(one, 1U);
  const auto text = read(written + written);
  const std::size_t count = text.sequences().size();
  ASSERT_GE(count, 2U);

  // Alike: the logit is theirs.
  const std::vector<float> alike(count, -1.5F);
  EXPECT_FLOAT_EQ(text.combine(alike)[0], -1.5F);

  // One that stands out: the share of the odds that its tokens are.
  std::vector<float> logits(count, -40);
  logits[0] = 3;
  double tokens = 0;
  for (const TokenIds& ids : text.sequences()) tokens += static_cast<double>(ids.size() - 2);
  const double share = static_cast<double>(text.sequences()[0].size() - 2) / tokens;
  EXPECT_NEAR(text.combine(logits)[0], 3 + std::log(share), 1e-5);
}

TEST_F(EncoderTextTest, CalmWordsWithoutEndDoNotHideAnInsult) {
  std::string written;
  for (std::size_t i = 0; i < 60 * model_->window; ++i) written += "nice ";
  const auto text = read(written);
  std::vector<float> logits(text.sequences().size(), -9);
  ASSERT_GT(logits.size(), 40U);
  logits[17] = 4;
  EXPECT_FLOAT_EQ(text.combine(logits)[0], 4 - EncoderText::kMargin);
}

// Between the highest window less the margin and the highest; raising a window never lowers it.
TEST_F(EncoderTextTest, ALongTextStaysCloseToItsHighestWindow) {
  std::string written;
  for (std::size_t i = 0; i < 5 * model_->window; ++i) written += i % 7 == 0 ? "f.o.o.l " : "you ";
  const auto text = read(written);
  base::Rng rng(9);
  std::vector<float> logits(text.sequences().size());
  for (int turn = 0; turn < 200; ++turn) {
    for (float& logit : logits) logit = static_cast<float>(rng.below(4000)) / 100 - 20;
    const float before = text.combine(logits)[0];
    const float highest = *std::max_element(logits.begin(), logits.end());
    EXPECT_LE(before, highest);
    EXPECT_GE(before, highest - EncoderText::kMargin);
    logits[rng.below(static_cast<std::uint32_t>(logits.size()))] += 3;
    EXPECT_GE(text.combine(logits)[0], before);
  }
}

TEST_F(EncoderTextTest, LeavesOutAWordAtATime) {
  auto text = read("you are a fool");
  const std::vector<float> logits = {2, 0, 0};
  const auto left = text.occlude(logits, 0);
  ASSERT_EQ(left.size(), 4U);
  EXPECT_EQ(left[0], (TokenIds{2, 6, 7, 8, 3}));
  EXPECT_EQ(left[3], (TokenIds{2, 5, 6, 7, 3}));
  const std::vector<float> without = {2, 0, 0, 2, 0, 0, 1.5F, 0, 0, -3, 0, 0};
  const auto shares = text.shares(without, 0);
  ASSERT_EQ(shares.size(), 4U);
  EXPECT_EQ(shares[3].begin, 10U);
  EXPECT_EQ(shares[3].end, 14U);
  EXPECT_FLOAT_EQ(shares[3].value, 5);
  EXPECT_FLOAT_EQ(shares[0].value, 0);
}

TEST_F(EncoderTextTest, TheCostOfAnExplanationIsBounded) {
  std::string written;
  for (int i = 0; i < 500; ++i) written += "you ";
  auto text = read(written);
  const std::vector<float> logits(text.sequences().size() * labels());
  EXPECT_LE(text.occlude(logits, 0).size(), EncoderText::kMostOccluded);
}

}  // namespace
}  // namespace dss::scoring
