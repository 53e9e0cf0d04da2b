#include "api/perspective/choice.h"

#include <gtest/gtest.h>

namespace dss::api::perspective {
namespace {

weights::Card card_with(std::initializer_list<const char*> labels,
                        std::vector<std::string> languages = {"en"}) {
  weights::Card card;
  card.languages = std::move(languages);
  for (const char* label : labels) card.labels.push_back({.name = label, .calibration = {}});
  return card;
}

AnalyzeRequest request_for(std::initializer_list<const char*> names) {
  AnalyzeRequest request;
  for (const char* name : names) request.attributes.push_back({.attribute = find_attribute(name)});
  return request;
}

// Names of those that are answered, or of the one that is refused behind a `!`.
std::string chosen(const AnalyzeRequest& request, const Cards& cards, Languages languages,
                   bool drop = false) {
  const auto result = choose(request, cards, languages, drop);
  if (!result) return "!" + result.error().attribute;
  std::string names;
  for (const WantedAttribute* one : *result) names += std::string(one->attribute->name) + " ";
  return names;
}

TEST(Covers, ComparesTheFirstSubtag) {
  EXPECT_TRUE(covers({"en"}, "en"));
  EXPECT_TRUE(covers({"en"}, "EN-gb"));
  EXPECT_TRUE(covers({"en"}, "en_US"));
  EXPECT_FALSE(covers({"en"}, "enm"));
  EXPECT_FALSE(covers({"hi"}, "en"));
  EXPECT_FALSE(covers({}, "en"));
}

TEST(Choice, AModelAnswersForItsOwnLabels) {
  const weights::Card own = card_with({"insult", "spite"});
  const weights::Card simple = card_with({"toxic", "insult"});
  const Cards cards{&own, &simple};
  const Languages english{{"en"}, false};
  EXPECT_EQ(chosen(request_for({"INSULT", "TOXICITY_FAST"}), cards, english),
            "INSULT TOXICITY_FAST ");
  EXPECT_EQ(chosen(request_for({"INSULT", "TOXICITY"}), cards, english), "!TOXICITY");
  EXPECT_EQ(label_for(*find_attribute("INSULT"), simple), 1U);
  EXPECT_EQ(label_for(*find_attribute("SPAM"), simple), std::nullopt);
}

TEST(Choice, TheFirstThatHasNoAnswerIsRefused) {
  const weights::Card card = card_with({"toxic"});
  const Cards cards{&card, &card};
  const Languages english{{"en"}, true};
  EXPECT_EQ(chosen(request_for({"TOXICITY", "FLIRTATION", "INCOHERENT"}), cards, english),
            "!FLIRTATION");
  EXPECT_EQ(chosen(request_for({"TOXICITY", "FLIRTATION"}), cards, english, true), "TOXICITY ");
  EXPECT_EQ(chosen(request_for({"SPAM", "TOXICITY"}), cards, english), "TOXICITY ");
  EXPECT_EQ(chosen(request_for({"SPAM"}), cards, english), "!SPAM");
  EXPECT_EQ(chosen(request_for({"SPAM", "FLIRTATION"}), cards, english), "!FLIRTATION");
}

TEST(Choice, OneKnownLanguageIsEnough) {
  const weights::Card card = card_with({"toxic"}, {"en", "fr"});
  const Cards cards{&card, &card};
  EXPECT_EQ(chosen(request_for({"TOXICITY"}), cards, {{"om", "fr-CA"}, false}), "TOXICITY ");
  EXPECT_EQ(chosen(request_for({"TOXICITY"}), cards, {{"om", "de"}, false}), "!TOXICITY");
  EXPECT_EQ(chosen(request_for({"TOXICITY"}), cards, {{"om"}, true}, true), "");
}

}  // namespace
}  // namespace dss::api::perspective
