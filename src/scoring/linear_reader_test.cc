#include "scoring/linear_reader.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "models/test_tiny_model.h"

namespace dss::scoring {
namespace {

class LinearReaderTest : public ::testing::Test {
 protected:
  void SetUp() override {
    files_.write();
    card_ = *weights::read_card(files_.simple());
    auto model = models::LinearModel::open(files_.simple(), card_);
    ASSERT_TRUE(model) << model.error().message;
    model_ = std::make_unique<models::LinearModel>(std::move(*model));
  }

  Reading read(std::string_view text, weights::WindowRecipe windows) {
    Stopwatch stopwatch(clock_);
    Timings timings;
    return reader_.read(*model_, windows, text::Valid::promise(text), &stopwatch, &timings);
  }
  float toxic(std::string_view text, weights::WindowRecipe windows) {
    return read(text, windows).logit[0];
  }

  models::TinyModel files_;
  weights::Card card_;
  std::unique_ptr<models::LinearModel> model_;
  base::ManualClock clock_;
  LinearReader reader_;
};

const std::string kCalm = "We walked home. It rained a little. ";

TEST_F(LinearReaderTest, ShortTextsHaveNoWindows) {
  const Reading reading = read("you fool", {100, 0.5F});
  EXPECT_TRUE(reading.decision[0].whole);
  EXPECT_FLOAT_EQ(reading.logit[0], toxic("you fool", {0, 0}));
}

TEST_F(LinearReaderTest, LongTextsTakeTheHighestWindowLessTheMargin) {
  const std::string text = "You fool. " + kCalm + kCalm + kCalm;
  const Reading reading = read(text, {12, 0.5F});
  EXPECT_FALSE(reading.decision[0].whole);
  EXPECT_FLOAT_EQ(reading.logit[0], toxic("You fool.", {0, 0}) - 0.5F);
  EXPECT_TRUE(reading.decision[1].whole) << "what no window raises is decided by the whole text";
}

TEST_F(LinearReaderTest, TheWholeTextDecidesWhenNoWindowDoes) {
  const std::string text = kCalm + kCalm;
  const Reading reading = read(text, {40, 3});
  EXPECT_TRUE(reading.decision[0].whole);
  EXPECT_FLOAT_EQ(reading.logit[0], toxic(text, {0, 0}));
}

TEST_F(LinearReaderTest, EveryNgramIsCountedOnceInTheTokens) {
  EXPECT_EQ(read(kCalm + kCalm, {10, 0}).tokens, read(kCalm + kCalm, {0, 0}).tokens);
}

TEST_F(LinearReaderTest, TextsOfManyPiecesAreReadToTheEnd) {
  std::string calm;
  while (calm.size() < 200'000) calm += kCalm;
  EXPECT_LT(toxic(calm, {60, 1}), 0);
  EXPECT_GT(toxic(calm + "You idiot!", {60, 1}), 0);
  const std::string no_space(200'000, 'x');
  EXPECT_LT(toxic(no_space, {60, 1}), 0);
  std::string wide;
  while (wide.size() < 200'000) wide += "好";
  EXPECT_LT(toxic(wide, {60, 1}), 0);
}

TEST_F(LinearReaderTest, SharesAddUpToTheRawLogit) {
  for (const weights::WindowRecipe windows : {weights::WindowRecipe{0, 0}, {20, 0.5F}}) {
    const std::string text = kCalm + "You nice idiot, I hate fools. " + kCalm;
    const Reading reading = read(text, windows);
    const auto shares = reader_.explain(*model_, text::Valid::promise(text), reading, 0);
    const double bias = reading.decision[0].whole ? -3 : -3 - windows.margin;
    const double sum =
        std::accumulate(shares.begin(), shares.end(), bias,
                        [](double so_far, const Share& s) { return so_far + s.value; });
    EXPECT_NEAR(sum, reading.logit[0], 1e-3) << windows.characters;
    for (const Share& share : shares) {
      const std::string word = text.substr(share.begin, share.end - share.begin);
      EXPECT_EQ(word.find(' '), std::string::npos) << word;
    }
  }
}

}  // namespace
}  // namespace dss::scoring
