#include "api/perspective/suggestion.h"

#include <gtest/gtest.h>

#include "api/perspective/calls.h"

namespace dss::api::perspective {
namespace {

tl::expected<Suggestion, Refusal> parse(std::string body) {
  const std::size_t size = body.size();
  body.append(json::kPadding, '#');
  return parse_suggestion(std::string_view(body).substr(0, size), &json::thread_reader());
}

constexpr const char* kCoral =
    R"({"comment":{"text":"you fool"},"context":{"entries":[{"text":"https://a.example"}]},)"
    R"("attributeScores":{"TOXICITY":{"summaryScore":{"value":1}}},)"
    R"("languages":["en"],"communityId":"Coral:a","clientToken":"comment:7"})";

TEST(Suggestion, HoldsWhatCoralSends) {
  const auto suggestion = parse(kCoral);
  ASSERT_TRUE(suggestion);
  EXPECT_EQ(suggestion->text, "you fool");
  ASSERT_EQ(suggestion->scores.size(), 1U);
  EXPECT_EQ(suggestion->scores[0].attribute, "TOXICITY");
  EXPECT_EQ(suggestion->scores[0].summary, 1.0F);
  EXPECT_EQ(suggestion->community, "Coral:a");
  EXPECT_EQ(suggestion->client_token, "comment:7");
  EXPECT_FALSE(suggestion->do_not_store);
}

TEST(Suggestion, MayHaveSpansAlone) {
  const auto suggestion =
      parse(R"({"comment":{"text":"a b"},"doNotStore":true,"attribute_scores":{"INSULT":)"
            R"({"span_scores":[{"begin":2,"end":3,"score":{"value":0.5}}]}}})");
  ASSERT_TRUE(suggestion);
  EXPECT_FALSE(suggestion->scores[0].summary);
  ASSERT_EQ(suggestion->scores[0].spans.size(), 1U);
  EXPECT_EQ(suggestion->scores[0].spans[0].begin, 2U);
  EXPECT_TRUE(suggestion->do_not_store);
}

TEST(Suggestion, RefusesWhatSaysNothing) {
  for (const char* body : {
           R"({"attributeScores":{"TOXICITY":{"summaryScore":{"value":1}}}})",
           R"({"comment":{"text":"a"}})",
           R"({"comment":{"text":"a"},"attributeScores":{}})",
           R"({"comment":{"text":"a"},"attributeScores":{"TOXICITY":{}}})",
           R"({"comment":{"text":"a"},"attributeScores":{"NONE":{"summaryScore":{"value":1}}}})",
           R"({"comment":{"text":"a"},"attributeScores":{"THREAT":{"summaryScore":1}}})",
           R"({"comment":{"text":"a"},"attributeScores":{"THREAT":{"spanScores":[{"begin":-1,)"
           R"("end":2,"score":{"value":1}}]}}})",
       }) {
    EXPECT_FALSE(parse(body)) << body;
  }
}

TEST(Suggestion, BoundsWhatIsKeptWithIt) {
  const auto with = [](const std::string& name, std::size_t size) {
    return parse(R"({"comment":{"text":"a"},"attributeScores":{"TOXICITY":{"summaryScore":)"
                 R"({"value":1}}},")" +
                 name + R"(":")" + std::string(size, 'x') + R"("})");
  };
  for (const std::string name : {"communityId", "clientToken"}) {
    EXPECT_TRUE(with(name, 256)) << name;
    EXPECT_FALSE(with(name, 257)) << name;
  }
  EXPECT_TRUE(with("sessionId", 257));
}

TEST(SuggestScore, HandsTheSuggestionOnAndAnswersTheToken) {
  Service service;
  std::vector<std::string> taken;
  const Context context{service, {}};
  std::string body = kCoral;
  body.append(json::kPadding, '#');
  const std::string_view text = std::string_view(body).substr(0, body.size() - json::kPadding);
  EXPECT_EQ(suggest_score(context, {}, text).body, R"({"clientToken":"comment:7"})");
  service.feedback = [&](const Feedback& one) {
    for (const Rating& label : one.labels) {
      taken.push_back(std::string(one.text) + " " + std::string(label.name) + " " +
                      std::to_string(label.value));
    }
    return FeedbackFate::kTaken;
  };
  EXPECT_EQ(suggest_score(context, {}, text).status, 200);
  EXPECT_EQ(taken, (std::vector<std::string>{"you fool TOXICITY 1.000000"}));
}

}  // namespace
}  // namespace dss::api::perspective
