#include "scoring/engine.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <thread>

#include "models/test_tiny_model.h"
#include "rapidcheck/gtest.h"

namespace dss::scoring {
namespace {

class EngineTest : public ::testing::Test {
 protected:
  EngineTest() {
    files_.write();
    reopen();
  }
  void reopen(ForeignLanguage foreign = ForeignLanguage::kMark) {
    auto engine = Engine::open(
        {.models_directory = files_.directory(), .foreign_language = foreign, .clock = &clock_});
    ASSERT_TRUE(engine) << engine.error().message;
    engine_ = std::move(*engine);
  }
  Outcome score(std::string_view text, bool explain = false) {
    auto outcome = engine_->score(text, {"simple", explain});
    EXPECT_TRUE(outcome) << outcome.error().message;
    return *outcome;
  }
  float toxic(std::string_view text) { return score(text).scores.probability[0]; }

  models::TinyModel files_;
  base::ManualClock clock_;
  std::unique_ptr<Engine> engine_;
};

const std::string kCalm = "The weather was mild and we walked along the river for an hour. ";

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

// The sum that the documentation promises, from the answer alone.
void expect_adds_up(const Outcome& outcome) {
  ASSERT_TRUE(outcome.explanation);
  double sum = outcome.explanation->bias;
  for (const WordContribution& word : outcome.explanation->words) sum += word.contribution;
  const double p = outcome.scores.probability[0];
  EXPECT_NEAR(sum, std::log(p / (1 - p)), 1e-3);
  EXPECT_NEAR(outcome.explanation->logit, std::log(p / (1 - p)), 1e-3);
}

TEST_F(EngineTest, TellsInsultsFromCalm) {
  EXPECT_GT(toxic("you idiot"), 0.5F);
  EXPECT_LT(toxic("a nice day"), 0.1F);
}

TEST_F(EngineTest, SaysWhatItRead) {
  const Outcome outcome = score("you are an 1di0t, été");
  EXPECT_EQ(outcome.code_points, 21U);
  EXPECT_TRUE(outcome.deobfuscated);
  EXPECT_FALSE(outcome.truncated);
  EXPECT_GT(outcome.tokens, 20U);
  EXPECT_EQ(outcome.card->version, "1");
  EXPECT_EQ(outcome.scores.count, models::kCategoryCount);
}

TEST_F(EngineTest, EmptyAndWordlessTextsGetAnAnswer) {
  EXPECT_LT(toxic(""), 0.1F);
  EXPECT_LT(toxic("  \n "), 0.1F);
  EXPECT_LT(toxic("....."), 0.1F);
  EXPECT_LT(toxic("🙂"), 0.1F);
}

TEST_F(EngineTest, UncertainInsideTheBandOfTheCard) {
  for (const char* text :
       {"fool", "you fool", "what a fool he was", "a nice fool", "hate", "day"}) {
    const Outcome outcome = score(text);
    const float p = outcome.scores.probability[0];
    EXPECT_EQ(outcome.uncertain, p >= 0.3F && p < 0.7F) << text << " " << p;
  }
}

TEST_F(EngineTest, AnInsultAtTheEndOfALongCalmTextIsFound) {
  const std::string calm = repeated(kCalm, 5000 / kCalm.size());
  EXPECT_LT(toxic(calm), 0.1F);
  EXPECT_GT(toxic(calm + "You idiot."), 0.5F);
}

TEST_F(EngineTest, NoTextIsTooLong) {
  const std::string calm = repeated(kCalm, 300'000 / kCalm.size());
  EXPECT_LT(toxic(calm), 0.1F);
  EXPECT_GT(toxic(calm + "You idiot. " + calm), 0.5F);
  EXPECT_GT(toxic(repeated("idiot", 100'000)), 0);
}

TEST_F(EngineTest, ExplanationsNameTheWords) {
  const Outcome outcome = score("été: you i.d.i.o.t!", true);
  expect_adds_up(outcome);
  ASSERT_EQ(outcome.explanation->words.size(), 1U);
  EXPECT_EQ(outcome.explanation->words[0].begin, 9U);
  EXPECT_EQ(outcome.explanation->words[0].end, 18U);
  EXPECT_GT(outcome.explanation->words[0].contribution, 1);
}

TEST_F(EngineTest, ExplanationsOfLongTextsPointIntoTheWindow) {
  for (const std::size_t length : {2'000UL, 200'000UL}) {
    const std::string calm = repeated(kCalm, length / kCalm.size());
    std::string text = calm;
    text.append("Ah. You idiot. ").append(calm);
    const Outcome outcome = score(text, true);
    expect_adds_up(outcome);
    ASSERT_FALSE(outcome.explanation->words.empty());
    const auto& word = outcome.explanation->words.back();
    EXPECT_EQ(word.begin, calm.size() + 8);
    EXPECT_EQ(word.end, calm.size() + 13);
  }
}

TEST_F(EngineTest, ExplanationsOfWholeLongTextsAddUp) {
  files_.window_characters = 0;
  files_.write_card();
  reopen();
  const std::string calm = repeated("a nice day. ", 10'000);
  const Outcome outcome = score(calm, true);
  expect_adds_up(outcome);
  EXPECT_EQ(outcome.explanation->words.size(), 10'000U);
}

TEST_F(EngineTest, LanguagesAreMarkedOrRefused) {
  const std::string russian = "Сегодня очень хорошая погода, и мы пошли гулять в парк.";
  const Outcome marked = score(russian);
  EXPECT_EQ(marked.language, "ru");
  EXPECT_FALSE(marked.language_supported);
  EXPECT_TRUE(score("The weather is very nice today, so we went to the park.").language_supported);
  EXPECT_TRUE(score("12345").language_supported) << "undetermined passes";
  reopen(ForeignLanguage::kRefuse);
  const auto refused = engine_->score(russian, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, base::ErrorKind::kUnsupportedLanguage);
  EXPECT_EQ(refused.error().message.find("погода"), std::string::npos);
}

TEST_F(EngineTest, ModelsAreKnownByName) {
  EXPECT_EQ(engine_->score("x", {"bert", false}).error().kind, base::ErrorKind::kModelMissing);
  EXPECT_EQ(engine_->score("x", {"gpt", false}).error().kind, base::ErrorKind::kUnknownModel);
  const auto states = engine_->models();
  ASSERT_EQ(states.size(), 2U);
  EXPECT_TRUE(states[0].loaded);
  EXPECT_EQ(states[0].memory_bytes, models::TinyModel::kBuckets * 8);
  EXPECT_FALSE(states[1].loaded);
  EXPECT_EQ(states[1].card, nullptr);
}

TEST_F(EngineTest, AModelThatCannotBeReadStopsTheStart) {
  std::filesystem::remove(files_.card_path());
  const auto engine = Engine::open({.models_directory = files_.directory(), .clock = &clock_});
  ASSERT_FALSE(engine);
  EXPECT_EQ(engine.error().message, files_.card_path() + ": No such file or directory");
}

TEST_F(EngineTest, ThreadsDoNotDisturbEachOther) {
  std::vector<std::string> texts;
  std::vector<models::Scores> expected;
  for (std::size_t i = 0; i < 40; ++i) {
    texts.push_back(repeated(i % 2 == 0 ? "you fool. " : kCalm, i) + "é 1diot");
    expected.push_back(score(texts.back()).scores);
  }
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (std::size_t number = 0; number < 4; ++number) {
    threads.emplace_back([&, number] {
      for (std::size_t i = 0; i < 200; ++i) {
        const std::size_t at = (i * 7 + number) % texts.size();
        const auto outcome = engine_->score(texts[at], {});
        if (!outcome || outcome->scores.logit != expected[at].logit) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

// Counts how often it is read, and advances a microsecond each time.
class CountingClock final : public base::Clock {
 public:
  base::SteadyTime steady() const override {
    return base::SteadyTime(std::chrono::microseconds(++readings));
  }
  base::SystemTime system() const override { return {}; }
  mutable int readings = 0;
};

TEST_F(EngineTest, EveryStageIsTimedWithFewReadings) {
  const CountingClock clock;
  auto engine = Engine::open({.models_directory = files_.directory(), .clock = &clock});
  ASSERT_TRUE(engine);
  clock.readings = 0;
  const auto plain = (*engine)->score("you fool", {});
  EXPECT_EQ(clock.readings, 5);
  const auto step = std::chrono::microseconds(1);
  EXPECT_EQ(plain->timings.language, step);
  EXPECT_EQ(plain->timings.normalize, step);
  EXPECT_EQ(plain->timings.tokenize, step);
  EXPECT_EQ(plain->timings.infer, step);
  EXPECT_EQ(plain->timings.postprocess.count(), 0);
  EXPECT_EQ((*engine)->score("you fool", {"simple", true})->timings.postprocess, step);
}

RC_GTEST_FIXTURE_PROP(EngineTest, ATextScoresTheSameAfterAnyOther, ()) {
  const auto words = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(
      std::vector<std::string>{"idiot", "nice", "f.o.o.l", "é", "day.", "\n", "sh1t", "hate!"}));
  std::string other;
  for (const std::string& word : words) other += word + " ";
  const models::Scores before = score("you are a nice fool").scores;
  (void)score(other, true);
  RC_ASSERT(score("you are a nice fool").scores.logit == before.logit);
}

RC_GTEST_FIXTURE_PROP(EngineTest, ExplanationsAddUpAndStayInOrder, ()) {
  const auto words = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(
      std::vector<std::string>{"idiot", "nice", "f.o.o.l", "été", "day.", "\n", "1d1ot", "hate!",
                               "⁉", "h a t e", "fоol", "nicеееe", "½", "😀"}));
  std::string text;
  for (const std::string& word : words) text += word + " ";
  const Outcome outcome = score(text, true);
  double sum = outcome.explanation->bias;
  std::size_t last = 0;
  for (const WordContribution& word : outcome.explanation->words) {
    RC_ASSERT(word.begin >= last);
    RC_ASSERT(word.end > word.begin);
    RC_ASSERT(word.end <= outcome.code_points);
    last = word.end;
    sum += word.contribution;
  }
  const double p = outcome.scores.probability[0];
  RC_ASSERT(std::abs(sum - std::log(p / (1 - p))) < 1e-3);
}

}  // namespace
}  // namespace dss::scoring
