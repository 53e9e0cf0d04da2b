// The model that is shipped, through the engine: what users would notice first.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <string>

#include "scoring/engine.h"

namespace dss::scoring {
namespace {

const Engine& engine() {
  static const auto opened = Engine::open({.models_directory = DSS_SOURCE_DIR "/models"});
  if (!opened) throw std::runtime_error(opened.error().message);
  return **opened;
}

Outcome score(std::string_view text, bool explain = false) {
  auto outcome = engine().score(text, {"simple", explain});
  if (!outcome) throw std::runtime_error(outcome.error().message);
  return *outcome;
}

bool flagged_as_toxic(std::string_view text) {
  const Outcome outcome = score(text);
  return outcome.scores.probability[0] >= outcome.card->labels[0].threshold;
}

std::vector<std::string> flags(std::string_view text) {
  const Outcome outcome = score(text);
  std::vector<std::string> names;
  for (std::size_t label = 0; label < outcome.scores.count; ++label) {
    const weights::Label& each = outcome.card->labels[label];
    if (outcome.scores.probability[label] >= each.threshold) names.push_back(each.name);
  }
  return names;
}

TEST(SimpleModel, HasTheSixCategoriesOfTheService) {
  const Outcome outcome = score("hello");
  ASSERT_EQ(outcome.card->labels.size(), models::kCategoryCount);
  for (std::size_t label = 0; label < models::kCategoryCount; ++label) {
    EXPECT_EQ(outcome.card->labels[label].name, models::kCategoryNames[label]);
  }
}

TEST(SimpleModel, FlagsInsultsHoweverTheyAreSpelt) {
  for (const char* text :
       {"you are a fucking idiot", "you are a f.u.c.k.i.n.g idiot", "you are a fuck1ng 1diot",
        "you are a f u c k i n g idiot", "you are a fuсking idiоt", "you are a fu\u200Bcking idiot",
        "you are a fuuuuucking idiottt", "YOU ARE A FUCKING IDIOT", "you stup!d b!tch",
        "you st.upid b.itch", "ｙｏｕ ｓｔｕｐｉｄ ｂｉｔｃｈ"}) {
    EXPECT_TRUE(flagged_as_toxic(text)) << text;
  }
}

TEST(SimpleModel, LeavesOrdinaryTextsAlone) {
  for (const char* text :
       {"Thank you for your help, that was very kind.", "The meeting is at 5pm on the 4th floor.",
        "I disagree with this edit; please give a source.", "", "👍", "What a lovely day!"}) {
    EXPECT_EQ(flags(text), std::vector<std::string>{}) << text;
  }
}

TEST(SimpleModel, FlagsSingleInsults) {
  for (const char* text :
       {"fuck", "idiot", "asshole", "bitch", "stupid", "Fuck you", "you moron"}) {
    EXPECT_TRUE(flagged_as_toxic(text)) << text;
  }
}

TEST(SimpleModel, SparesWhatOnlyLooksLikeAbuse) {
  std::ifstream file(DSS_SOURCE_DIR "/evaluation/near_misses.txt");
  std::size_t count = 0;
  for (std::string text; std::getline(file, text); ++count) {
    EXPECT_EQ(flags(text), std::vector<std::string>{}) << text;
  }
  EXPECT_EQ(count, 200);
}

TEST(SimpleModel, PunctuationSaysNothing) {
  const float nothing = score("").scores.probability[0];
  for (const char* text : {"!", "!!!", "?!?!?!", "* * *", "...", "-- --", "(!!!)", "#$%&"}) {
    const Outcome outcome = score(text, true);
    EXPECT_EQ(outcome.scores.probability[0], nothing) << text;
    EXPECT_TRUE(outcome.explanation->words.empty()) << text;
    EXPECT_FALSE(flagged_as_toxic(text)) << text;
  }
}

TEST(SimpleModel, FindsAnInsultBehindFiveThousandCalmCharacters) {
  const std::string sentence =
      "The committee met again in March and agreed to publish the revised timetable in the "
      "spring. ";
  std::string calm;
  while (calm.size() + sentence.size() < 4'950) calm += sentence;
  EXPECT_FALSE(flagged_as_toxic(calm));
  EXPECT_TRUE(flagged_as_toxic(calm + "You are a fucking idiot."));
  EXPECT_TRUE(flagged_as_toxic(calm + "Shut up, you stupid bitch."));
}

TEST(SimpleModel, ExplainsWithTheWordThatMadeTheScore) {
  const std::string text = "I think that you are an idiot, sir.";
  const Outcome outcome = score(text, true);
  ASSERT_TRUE(outcome.explanation);
  double sum = outcome.explanation->bias;
  const WordContribution* strongest = &outcome.explanation->words.at(0);
  for (const WordContribution& word : outcome.explanation->words) {
    sum += word.contribution;
    if (word.contribution > strongest->contribution) strongest = &word;
  }
  const double p = outcome.scores.probability[0];
  EXPECT_NEAR(sum, std::log(p / (1 - p)), 1e-3);
  EXPECT_EQ(text.substr(strongest->begin, strongest->end - strongest->begin), "idiot");
}

}  // namespace
}  // namespace dss::scoring
