#include "app/policy/policy_file.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace dss::app {
namespace {

constexpr std::string_view kGood = R"(id = "games"
version = "7"
description = "for the arena"
communities = ["arena", "guild"]
when-uncertain = "hold"

[thresholds]
toxic = 0.95
threat = 1

[lists]
allow = ["kill the boss"]
block = ["forbidden word", "other"]

[[bands]]
from = 0.5
to = 0.8
action = "flag"

[[bands]]
from = 0.8
action = "hold"

[[bands]]
category = "threat"
from = 0.4
action = "block"
)";

std::string mistakes(std::string_view text) {
  std::string out;
  for (const PolicyMistake& mistake : parse_policy(text).mistakes) {
    out += describe(mistake, "f") + "\n";
  }
  return out;
}

TEST(PolicyFile, ReadsAllOfIt) {
  const PolicyDraft draft = parse_policy(kGood);
  ASSERT_EQ(mistakes(kGood), "");
  const policy::Policy& policy = draft.policy;
  EXPECT_EQ(policy.id, "games");
  EXPECT_EQ(policy.version, "7");
  EXPECT_EQ(policy.communities, (std::vector<std::string>{"arena", "guild"}));
  EXPECT_EQ(policy.when_uncertain, policy::Action::kHold);
  EXPECT_FLOAT_EQ(policy.thresholds.at("toxic"), 0.95F);
  EXPECT_EQ(policy.allow.size(), 1U);
  EXPECT_EQ(policy.block.size(), 2U);
  ASSERT_EQ(policy.bands.size(), 3U);
  EXPECT_EQ(policy.bands[0].category, "threat") << "by category, then probability";
  EXPECT_FLOAT_EQ(policy.bands[1].to, 0.8F);
  EXPECT_FLOAT_EQ(policy.bands[2].to, 1.0F) << "the end, if none is given";
}

TEST(PolicyFile, ExplainsMistakesWithLineAndCure) {
  const std::string head = "id = \"a\"\nversion = \"1\"\n";
  const std::pair<std::string, std::string> cases[] = {
      {head + "treshold = 1\n", "f:3: unknown key 'treshold'; did you mean 'thresholds'?\n"},
      {head + "[thresholds]\ntoxc = 0.5\n",
       "f:4: unknown key 'toxc' in [thresholds]; did you mean 'toxic'?\n"},
      {head + "[thresholds]\ntoxic = 80\n",
       "f:4: toxic is no probability; write a number from 0 to 1, as 0.8 for 80 percent\n"},
      {head + "[thresholds]\ntoxic = \"high\"\n",
       "f:4: toxic is no probability; write a number from 0 to 1\n"},
      {head + "thresholds = 0.5\n",
       "f:3: thresholds is no table; write [thresholds] and below it a line such as toxic = 0.8\n"},
      {head + "[[bands]]\nfrom = 0.5\naction = \"hide\"\n",
       "f:5: action is none of allow, flag, hold, block\n"},
      {head + "[[bands]]\nfrom = 0.5\naction = \"bloc\"\n",
       "f:5: action is none of allow, flag, hold, block; did you mean 'block'?\n"},
      {head + "[[bands]]\nfrom = 0.5\n",
       "f:3: the band has no action; add one of allow, flag, hold, block\n"},
      {head + "[[bands]]\nfrom = 0.5\nto = 0.5\naction = \"flag\"\n",
       "f:3: the band from 0.5 to 0.5 is empty; from must be less than to\n"},
      {head + "[[bands]]\nfrom = 0.5\nuntil = 0.6\naction = \"flag\"\n",
       "f:5: unknown key 'until' in [[bands]]; there are category, from, to, action\n"},
      {head + "[[bands]]\nfrom = 0.5\naction = \"flag\"\n[[bands]]\nto = 0.6\naction = \"hold\"\n",
       "f:6: two bands of toxic overlap between 0.5 and 0.6 (lines 3 and 6); let one end where the "
       "other begins\n"},
      {head + "[[bands]]\ncategory = \"spam\"\naction = \"flag\"\n",
       "f:4: there is no category 'spam'; there are toxic, severe_toxic, obscene, threat, insult, "
       "identity_hate\n"},
      {head + "[bands]\n", "f:3: bands must be written with two brackets: [[bands]]\n"},
      {head + "[lists]\nblock = \"word\"\n",
       "f:4: block is no list; write block = [\"a phrase\"]\n"},
      {head + "[lists]\nblock = [\"?!\", 5]\n",
       "f:4: an entry of block has no word in it\nf:4: an entry of block is no text in quotes\n"},
      {"id = \"two words\"\nversion = 1\n",
       "f:1: id must be a text in quotes, of 1 to 64 letters, digits, '-', '_' and '.'\n"
       "f:2: version must be a text in quotes, of 1 to 64 letters, digits, '-', '_' and '.'\n"},
      {"",
       "f: the id is missing; add a line such as id = \"my-forum\"\n"
       "f: the version is missing; add a line such as version = \"1\", and change it with the "
       "file: answers name it\n"},
      {"\xFF", "f: the file is not UTF-8; save it as UTF-8\n"},
  };
  for (const auto& [text, expected] : cases) EXPECT_EQ(mistakes(text), expected) << text;
}

TEST(PolicyFile, SaysWhereAFileIsNoToml) {
  EXPECT_EQ(mistakes("id = \"a\"\n[[\n").find("f:2: "), 0U) << mistakes("id = \"a\"\n[[\n");
}

TEST(PolicyFile, TheGuidesExampleIsRight) {
  const auto policy = read_policy_file(DSS_SOURCE_DIR "/docs/policies/games.toml");
  ASSERT_TRUE(policy) << policy.error().message;
  EXPECT_EQ(policy->bands.size(), 3U);
}

TEST(PolicyFile, AMissingFileIsTold) {
  const auto policy = read_policy_file("/nonexistent/p.toml");
  ASSERT_FALSE(policy);
  EXPECT_EQ(policy.error().kind, base::ErrorKind::kIo);
}

RC_GTEST_PROP(PolicyFile, EveryCutOfAGoodFileIsAPolicyOrHasMistakes, ()) {
  const auto cut = *rc::gen::inRange<std::size_t>(0, kGood.size());
  const PolicyDraft draft = parse_policy(kGood.substr(0, cut));
  RC_ASSERT(!draft.mistakes.empty() || !draft.policy.version.empty());
}

}  // namespace
}  // namespace dss::app
